package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class OpenApiTest {
    private static final Path KEPT = Path.of("../docs/openapi.yaml");
    private static final Path CURRENT = Path.of("target/openapi-current.yaml");

    @Test
    void the_kept_description_is_current() throws IOException {
        String current = RestAssured.get("/q/openapi").asString();
        Files.writeString(CURRENT, current);
        assertThat(Files.exists(KEPT) ? Files.readString(KEPT) : "")
                .as("docs/openapi.yaml is outdated: cp api-service/target/openapi-current.yaml docs/openapi.yaml")
                .isEqualTo(current);
    }
}
