package io.storyreel.worker.fetch;

import io.storyreel.worker.TestSettings;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class AssetFetcherTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final long MOST_BYTES = 1 << 20;

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final TestResolver resolver = new TestResolver();
    private final List<String> hosts = new CopyOnWriteArrayList<>();
    private HttpServer server;

    @BeforeEach
    void serve() {
        server = vertx.createHttpServer()
                .requestHandler(this::answer)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    private void answer(HttpServerRequest request) {
        hosts.add(request.getHeader("Host"));
        HttpServerResponse response = request.response();
        switch (request.path()) {
            case "/file" -> response.end("abc");
            case "/large" ->
                response.putHeader("Content-Length", Long.toString(MOST_BYTES + 1))
                        .write(Buffer.buffer(new byte[1_024]));
            case "/large-unannounced" -> {
                response.setChunked(true);
                for (int sent = 0; sent <= MOST_BYTES; sent += 65_536) {
                    response.write(Buffer.buffer(new byte[65_536]));
                }
                response.end();
            }
            case "/cut" ->
                response.putHeader("Content-Length", "1000")
                        .write(Buffer.buffer(new byte[500]))
                        .onSuccess(sent -> request.connection().close());
            case "/silent" -> response.setChunked(true).write("a");
            case "/moved" -> redirect(response, "/file");
            case "/loop" -> redirect(response, "/loop");
            case "/inside" -> redirect(response, "http://inside.example/secret");
            case "/metadata" -> redirect(response, "http://169.254.169.254/latest/meta-data");
            case "/elsewhere" -> redirect(response, "ftp://example.com/file");
            case "/busy" -> response.setStatusCode(503).end();
            default -> response.setStatusCode(404).end("gone");
        }
    }

    private static void redirect(HttpServerResponse response, String target) {
        response.setStatusCode(302).putHeader("Location", target).end();
    }

    @Test
    void downloads_a_file_with_its_size_and_digest() {
        FetchedFile file = fetch(exempt(), address("/file"));

        assertThat(file.path()).hasContent("abc");
        assertThat(file.size()).isEqualTo(3);
        assertThat(file.sha256()).isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
    }

    @Test
    void follows_a_redirect() {
        assertThat(fetch(exempt(), address("/moved")).path()).hasContent("abc");
    }

    @Test
    void connects_to_the_address_that_was_checked_and_names_the_host() {
        resolver.answering("photos.example", "127.0.0.1", "10.0.0.1");

        fetch(fetcher(Map.of("storyreel.fetch.allowed-hosts", "photos.example")), named("photos.example", "/file"));

        assertThat(resolver.lookups).hasValue(1);
        assertThat(hosts).containsExactly("photos.example:" + server.actualPort());
    }

    @Test
    void checks_again_when_a_name_changes_its_answer_between_redirects() {
        resolver.answering("rebinding.example", "127.0.0.1", "10.0.0.1");
        AssetFetcher fetcher = fetcher(Map.of("storyreel.fetch.allowed-hosts", "127.0.0.1"));

        FetchException refused = failure(fetcher, named("rebinding.example", "/moved"));

        assertThat(refused.isPassing()).isFalse();
        assertThat(hosts).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://127.0.0.1/x",
                "http://10.0.0.1/x",
                "http://[::1]/x",
                "http://169.254.169.254/latest/meta-data",
                "http://[::ffff:127.0.0.1]/x",
                "http://2130706433/x",
                "https://192.168.0.1:8443/x"
            })
    void refuses_private_addresses(String url) {
        FetchException refused = failure(fetcher(Map.of()), url);

        assertThat(refused.isPassing()).isFalse();
        assertThat(refused).hasMessageContaining("private network");
    }

    @ParameterizedTest
    @ValueSource(strings = {"/inside", "/metadata"})
    void refuses_a_redirect_into_a_private_network(String path) {
        resolver.answering("inside.example", "192.168.0.7", "192.168.0.7");

        FetchException refused = failure(exempt(), address(path));

        assertThat(refused.isPassing()).isFalse();
        assertThat(refused).hasMessageContaining("private network");
    }

    @Test
    void refuses_a_redirect_to_another_protocol() {
        assertThat(failure(exempt(), address("/elsewhere"))).hasMessageContaining("only http and https");
    }

    @Test
    void gives_up_on_endless_redirects() {
        assertThat(failure(exempt(), address("/loop"))).hasMessageContaining("redirects too often");
        assertThat(hosts).hasSize(4);
    }

    @ParameterizedTest
    @ValueSource(strings = {"/large", "/large-unannounced"})
    void refuses_a_file_above_the_limit(String path) {
        FetchException refused = failure(exempt(), address(path));

        assertThat(refused.isPassing()).isFalse();
        assertThat(refused).hasMessageContaining("larger than 1 MB");
    }

    @Test
    void counts_a_transfer_that_breaks_off_as_passing() {
        FetchException broken = failure(exempt(), address("/cut"));

        assertThat(broken.isPassing()).isTrue();
        assertThat(broken).hasMessageMatching("the transfer broke off after (0|500) of 1000 bytes");
    }

    @Test
    void gives_up_on_a_server_that_falls_silent() {
        AssetFetcher impatient =
                fetcher(Map.of("storyreel.fetch.allowed-hosts", "127.0.0.1", "storyreel.fetch.total-timeout", "300ms"));

        FetchException late = failure(impatient, address("/silent"));

        assertThat(late.isPassing()).isTrue();
        assertThat(late).hasMessageContaining("took longer");
    }

    @Test
    void tells_a_missing_file_from_a_server_in_trouble() {
        assertThat(failure(exempt(), address("/nothing")).isPassing()).isFalse();
        assertThat(failure(exempt(), address("/busy")).isPassing()).isTrue();
    }

    @Test
    void counts_a_server_that_does_not_answer_as_passing() {
        server.close().toCompletionStage().toCompletableFuture().join();

        assertThat(failure(exempt(), address("/file")).isPassing()).isTrue();
    }

    private AssetFetcher exempt() {
        return fetcher(Map.of("storyreel.fetch.allowed-hosts", "127.0.0.1"));
    }

    private AssetFetcher fetcher(Map<String, String> values) {
        FetchSettings settings = TestSettings.of(FetchSettings.class, new HashMap<>(values));
        return new AssetFetcher(vertx, new AddressGuard(resolver, settings), settings);
    }

    private String address(String path) {
        return named("127.0.0.1", path);
    }

    private String named(String host, String path) {
        return "http://" + host + ":" + server.actualPort() + path;
    }

    private FetchedFile fetch(AssetFetcher fetcher, String url) {
        return fetcher.fetch(url, directory.resolve("file"), MOST_BYTES).await().atMost(LIMIT);
    }

    private FetchException failure(AssetFetcher fetcher, String url) {
        FetchException failure = catchThrowableOfType(FetchException.class, () -> fetch(fetcher, url));
        assertThat(failure).as("failure of " + url).isNotNull();
        return failure;
    }
}
