package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@QuarkusTestResource(Backends.class)
@TestProfile(OtherSettings.class)
class ClosedMetadataApiTest {

    @Test
    void metadata_can_be_kept_from_those_without_a_token() {
        Workspace workspace = new Workspace();
        String metadata = "/api/v2/jobs/" + workspace.project() + "/metadata";

        RestAssured.get(metadata)
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .body("code", equalTo("unauthorized"));
        new Workspace().request().get(metadata).then().statusCode(404);
        workspace.request().get(metadata).then().statusCode(200).body("scenes.total", equalTo(2));
    }
}
