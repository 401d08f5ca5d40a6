package io.storyreel.worker;

import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storage.S3ObjectStore;
import io.storyreel.common.storage.StorageSettings;
import io.storyreel.local.process.FreePorts;
import io.storyreel.local.process.Supervision;
import io.storyreel.local.server.S3Process;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** Against a real S3 server that checks signatures. */
class PresignedAddressesTest {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final String KEY = "content/ab/a picture.png";

    @TempDir
    static Path directory;

    private static S3Process s3;
    private static S3ObjectStore store;

    private final HttpClient outsider = HttpClient.newHttpClient();

    @BeforeAll
    static void serve() throws Exception {
        s3 = new S3Process(
                Path.of("../local-stack/target/s3/s3proxy.jar"),
                directory.resolve("s3"),
                FreePorts.next(),
                "a secret key",
                Supervision.in(directory));
        s3.start();
        store = store(Map.of());
        Path file = Files.writeString(directory.resolve("picture"), "a picture");
        store.put(KEY, file, "image/png").await().atMost(LIMIT);
    }

    @AfterAll
    static void stop() {
        s3.stop();
    }

    private static S3ObjectStore store(Map<String, String> more) {
        Map<String, String> values = new HashMap<>(more);
        values.put("storyreel.storage.endpoint", s3.endpoint());
        values.put("storyreel.storage.access-key", S3Process.ACCESS_KEY);
        values.put("storyreel.storage.secret-key", s3.secretKey());
        return new S3ObjectStore(TestSettings.of(StorageSettings.class, values));
    }

    @Test
    void is_read_by_anybody_without_headers() throws Exception {
        HttpResponse<String> answer = ask("GET", store.presigned(KEY, Duration.ofMinutes(5)));

        assertThat(answer.statusCode()).isEqualTo(200);
        assertThat(answer.body()).isEqualTo("a picture");
        assertThat(answer.headers().firstValue("Content-Type")).hasValue("image/png");
        assertThat(answer.headers().firstValue("Content-Length")).hasValue("9");
    }

    @ParameterizedTest
    @ValueSource(strings = {"HEAD", "PUT", "DELETE"})
    void is_good_for_reading_only(String method) throws Exception {
        assertThat(ask(method, store.presigned(KEY, Duration.ofMinutes(5))).statusCode())
                .isEqualTo(403);
    }

    @Test
    void is_good_for_its_own_object_only() throws Exception {
        URI address = store.presigned(KEY, Duration.ofMinutes(5));

        URI other = URI.create(address.toString().replace("picture.png", "picture.jpg"));

        assertThat(ask("GET", other).statusCode()).isEqualTo(403);
    }

    @Test
    void expires() throws Exception {
        URI address = store.presigned(KEY, Duration.ofSeconds(2));

        assertThat(ask("GET", address).statusCode()).isEqualTo(200);
        await().atMost(LIMIT).until(() -> ask("GET", address).statusCode() == 403);
    }

    @Test
    void is_signed_for_the_host_that_outsiders_see() throws Exception {
        int port = URI.create(s3.endpoint()).getPort();
        S3ObjectStore seen = store(Map.of("storyreel.storage.public-endpoint", "http://localhost:" + port));

        URI address = seen.presigned(KEY, Duration.ofMinutes(5));

        assertThat(address.getHost()).isEqualTo("localhost");
        assertThat(ask("GET", address).body()).isEqualTo("a picture");
        assertThat(ask("GET", URI.create(address.toString().replace("localhost", "127.0.0.1")))
                        .statusCode())
                .isEqualTo(403);
    }

    @Test
    void lets_anybody_put_one_file_of_its_size_and_type_and_no_other() throws Exception {
        URI address = store.presignedUpload("uploads/a", Duration.ofMinutes(5), "audio/mpeg", 5);

        assertThat(put(address, "audio/mpeg", "music!")).isEqualTo(403);
        assertThat(put(address, "audio/mpeg", "musi")).isEqualTo(403);
        assertThat(put(address, "image/png", "music")).isEqualTo(403);
        assertThat(put(URI.create(address.toString().replace("uploads/a", "uploads/b")), "audio/mpeg", "music"))
                .isEqualTo(403);
        assertThat(ask("GET", address).statusCode()).isEqualTo(403);
        assertThat(ask("DELETE", address).statusCode()).isEqualTo(403);
        assertThat(put(address, "audio/mpeg", "music")).isEqualTo(200);
        assertThat(store.stat("uploads/a").await().atMost(LIMIT).mediaType()).isEqualTo("audio/mpeg");
    }

    @Test
    void an_object_is_copied_with_its_type() {
        store.copy(KEY, "content/cd/copy.png").await().atMost(LIMIT);

        var copy = store.stat("content/cd/copy.png").await().atMost(LIMIT);
        assertThat(copy.size()).isEqualTo(9);
        assertThat(copy.mediaType()).isEqualTo("image/png");
        assertThatThrownBy(() -> store.copy("content/ab/nothing", "content/cd/copy.png")
                        .await()
                        .atMost(LIMIT))
                .isInstanceOf(ObjectMissingException.class);
    }

    @Test
    void lives_a_week_at_most() {
        assertThatThrownBy(() -> store.presigned(KEY, Duration.ofDays(7).plusSeconds(1)))
                .hasMessageContaining("1 s to 7 days");
    }

    private int put(URI address, String mediaType, String body) throws Exception {
        return outsider.send(
                        HttpRequest.newBuilder(address)
                                .header("Content-Type", mediaType)
                                .PUT(BodyPublishers.ofString(body))
                                .build(),
                        BodyHandlers.discarding())
                .statusCode();
    }

    private HttpResponse<String> ask(String method, URI address) throws Exception {
        return outsider.send(
                HttpRequest.newBuilder(address)
                        .method(method, BodyPublishers.noBody())
                        .build(),
                BodyHandlers.ofString());
    }
}
