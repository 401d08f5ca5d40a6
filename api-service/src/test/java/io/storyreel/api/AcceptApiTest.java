package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import org.junit.jupiter.api.Test;

import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class AcceptApiTest {
    private final Workspace workspace = new Workspace();

    @Test
    void who_accepts_no_json_is_told_so_and_not_given_the_inside_of_a_program() {
        workspace
                .request()
                .accept("text/plain")
                .get("/api/v1/session")
                .then()
                .statusCode(406)
                .contentType("application/problem+json")
                .body("code", equalTo("not_acceptable"));
    }
}
