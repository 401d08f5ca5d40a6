package io.storyreel.api;

import io.restassured.RestAssured;
import io.restassured.http.ContentType;
import io.restassured.specification.RequestSpecification;
import io.smallrye.jwt.build.Jwt;
import io.storyreel.api.description.DescribedAnswers;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/** A workspace of its own for each test, and requests in its name. */
final class Workspace {
    private static final DescribedAnswers ANSWERS = new DescribedAnswers();

    final UUID id = UUID.randomUUID();

    String path(String below) {
        return "/api/v1/video/workspaces/" + id + below;
    }

    String token(Duration lifetime) {
        return token(lifetime, Backends.SECRET);
    }

    String token(Duration lifetime, String secret) {
        return token("tester", lifetime, secret);
    }

    /** Of another person. */
    String tokenOf(String subject) {
        return token(subject, Duration.ofHours(1), Backends.SECRET);
    }

    private String token(String subject, Duration lifetime, String secret) {
        Instant now = Instant.now();
        return Jwt.issuer("storyreel")
                .subject(subject)
                .claim("workspaces", List.of(id.toString()))
                .issuedAt(now.minusSeconds(3_600))
                .expiresAt(now.plus(lifetime))
                .signWithSecret(secret);
    }

    /** Of somebody who may enter other workspaces too. */
    String tokenWith(Workspace... others) {
        List<String> all = Stream.concat(Stream.of(this), Stream.of(others))
                .map(one -> one.id.toString())
                .toList();
        return Jwt.issuer("storyreel")
                .subject("tester")
                .claim("workspaces", all)
                .expiresAt(Instant.now().plusSeconds(3_600))
                .signWithSecret(Backends.SECRET);
    }

    String tokenOfNobody() {
        return Jwt.issuer("storyreel")
                .claim("workspaces", List.of(id.toString()))
                .expiresAt(Instant.now().plusSeconds(3_600))
                .signWithSecret(Backends.SECRET);
    }

    RequestSpecification request() {
        return RestAssured.given().filter(ANSWERS).auth().oauth2(token(Duration.ofHours(1)));
    }

    RequestSpecification json(String body) {
        return request().contentType(ContentType.JSON).body(body);
    }

    static String storyboard(String scenes) {
        return "{\"title\": \"A test\", \"approved\": true, \"storyboard\": [" + scenes + "]}";
    }

    static String scene(int index) {
        return "{\"scene_index\": " + index + ", \"image_url\": \"https://example.com/" + index
                + ".jpg\", \"duration\": 2}";
    }

    String project() {
        return json(storyboard(scene(1) + "," + scene(2)))
                .post(path("/projects"))
                .then()
                .statusCode(201)
                .extract()
                .path("id");
    }

    String render(String project) {
        return json("{}")
                .post(path("/render/" + project))
                .then()
                .statusCode(202)
                .extract()
                .path("job_id");
    }
}
