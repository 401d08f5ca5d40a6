package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.quarkus.test.junit.TestProfile;
import io.restassured.RestAssured;
import io.storyreel.common.storage.ObjectStore;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Files from the object store itself, at addresses that the API signs. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
@TestProfile(OtherSettings.class)
class RedirectApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final String BYTES = "0123456789";

    @Inject
    Pool pool;

    @Inject
    ObjectStore store;

    @Inject
    ReportingWorker worker;

    private final HttpClient plain = HttpClient.newHttpClient();
    private final Workspace workspace = new Workspace();
    private String render;

    @BeforeEach
    void aFinishedRender() throws IOException {
        worker.report();
        render = workspace.render(workspace.project());
        String key = "renders/" + render + "/video.mp4";
        Path file = Files.writeString(Files.createTempFile("video", ".mp4"), BYTES);
        store.put(key, file, "application/octet-stream").await().atMost(SOON);
        Files.delete(file);
        pool.preparedQuery(
                        "update job set status = 'completed', completed_at = now(), result = $2::text::jsonb where id = $1")
                .execute(
                        Tuple.of(
                                UUID.fromString(render),
                                "{\"video\": {\"key\": \"" + key + "\", \"sha256\": \"" + "a".repeat(64)
                                        + "\", \"media_type\": \"video/mp4\", \"size\": 10, \"seconds\": 4.0}, \"warnings\": []}"))
                .await()
                .atMost(SOON);
    }

    @Test
    void a_get_leads_to_the_object_store_which_answers_with_our_type_and_file_name() throws Exception {
        HttpResponse<String> first = send(request().GET());
        assertThat(first.statusCode()).isEqualTo(302);

        HttpResponse<String> file =
                plain.send(HttpRequest.newBuilder(location(first)).build(), BodyHandlers.ofString());

        assertThat(file.statusCode()).isEqualTo(200);
        assertThat(file.body()).isEqualTo(BYTES);
        assertThat(file.headers().firstValue("Content-Type")).contains("video/mp4");
        assertThat(file.headers().firstValue("Content-Disposition"))
                .contains("inline; filename=\"storyreel-" + render + ".mp4\"");
    }

    @Test
    void parts_are_had_there_too() throws Exception {
        HttpResponse<String> first = send(request().header("Range", "bytes=2-4").GET());
        assertThat(first.statusCode()).isEqualTo(302);

        HttpResponse<String> part = plain.send(
                HttpRequest.newBuilder(location(first))
                        .header("Range", "bytes=2-4")
                        .build(),
                BodyHandlers.ofString());

        assertThat(part.statusCode()).isEqualTo(206);
        assertThat(part.body()).isEqualTo("234");
        assertThat(part.headers().firstValue("Content-Range")).contains("bytes 2-4/10");
    }

    @Test
    void a_head_is_answered_here_and_what_is_known_is_not_sent_again() throws Exception {
        HttpResponse<String> head = send(request().method("HEAD", HttpRequest.BodyPublishers.noBody()));
        assertThat(head.statusCode()).isEqualTo(200);
        assertThat(head.headers().firstValue("Content-Length")).contains("10");
        assertThat(head.headers().firstValue("Accept-Ranges")).contains("bytes");
        String tag = head.headers().firstValue("ETag").orElseThrow();

        assertThat(send(request().header("If-None-Match", tag).GET()).statusCode())
                .isEqualTo(304);
    }

    @Test
    void nobody_is_led_there_without_a_token_or_to_a_file_that_is_not_there() throws Exception {
        HttpResponse<String> stranger =
                plain.send(HttpRequest.newBuilder(address(render)).build(), BodyHandlers.ofString());
        assertThat(stranger.statusCode()).isEqualTo(401);

        store.delete("renders/" + render + "/video.mp4").await().atMost(SOON);
        assertThat(send(request().GET()).statusCode()).isEqualTo(404);
    }

    private URI address(String job) {
        return URI.create(
                RestAssured.baseURI + ":" + RestAssured.port + workspace.path("/render/jobs/" + job + "/video"));
    }

    private HttpRequest.Builder request() {
        return HttpRequest.newBuilder(address(render))
                .timeout(SOON)
                .header("Authorization", "Bearer " + workspace.token(Duration.ofHours(1)));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws IOException, InterruptedException {
        return plain.send(request.build(), BodyHandlers.ofString());
    }

    private static URI location(HttpResponse<?> answer) {
        return URI.create(answer.headers().firstValue("Location").orElseThrow());
    }
}
