package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.equalTo;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class AuthApiTest {
    private final Workspace workspace = new Workspace();

    @Test
    void refuses_missing_expired_forged_and_garbled_tokens() {
        expect401(null);
        expect401(workspace.token(Duration.ofMinutes(-30)));
        expect401(workspace.token(Duration.ofHours(1), "another-secret-another-secret-another-secret"));
        expect401("garbage");
        expect401(workspace.tokenOfNobody());
    }

    private void expect401(String token) {
        var request = RestAssured.given();
        if (token != null) {
            request.auth().oauth2(token);
        }
        request.get(workspace.path("/projects"))
                .then()
                .statusCode(401)
                .contentType("application/problem+json")
                .header("WWW-Authenticate", containsString("Bearer"));
    }

    @Test
    void a_link_signs_in_once() {
        String url = workspace
                .request()
                .contentType(ContentType.JSON)
                .post("/api/v1/session/links")
                .then()
                .statusCode(201)
                .extract()
                .path("url");
        Map<String, String> code = Map.of("code", url.substring(url.indexOf('=') + 1));
        String cookie = RestAssured.given()
                .contentType(ContentType.JSON)
                .body(code)
                .post("/api/v1/session")
                .then()
                .statusCode(204)
                .extract()
                .header("Set-Cookie");
        assertThat(cookie).containsIgnoringCase("HttpOnly").contains("SameSite=Strict");
        RestAssured.given()
                .contentType(ContentType.JSON)
                .body(code)
                .post("/api/v1/session")
                .then()
                .statusCode(401);
        String value = cookie.substring(cookie.indexOf('=') + 1, cookie.indexOf(';'));
        RestAssured.given()
                .cookie("storyreel_session", value)
                .get("/api/v1/session")
                .then()
                .statusCode(200)
                .body("workspaces[0]", equalTo(workspace.id.toString()));
        RestAssured.given()
                .cookie("storyreel_session", value)
                .header("Sec-Fetch-Site", "cross-site")
                .contentType(ContentType.JSON)
                .body("{}")
                .post(workspace.path("/projects"))
                .then()
                .statusCode(403);
    }
}
