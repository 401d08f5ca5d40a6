package io.storyreel.local.client;

import com.sun.net.httpserver.HttpServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

@Timeout(60)
class VideoDownloadTest {

    private static final byte[] VIDEO = new byte[5000];
    private static final Duration PATIENCE = Duration.ofMillis(500);

    @TempDir
    Path directory;

    private final ExecutorService threads = Executors.newCachedThreadPool();
    private final CountDownLatch over = new CountDownLatch(1);
    private final AtomicInteger asked = new AtomicInteger();
    private volatile int silentAnswers;
    private volatile boolean lengthAnnounced = true;
    private HttpServer server;

    @BeforeEach
    void start() throws IOException {
        server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        server.setExecutor(threads);
        server.createContext("/", exchange -> {
            try (exchange) {
                exchange.sendResponseHeaders(200, lengthAnnounced ? VIDEO.length : 0);
                if (asked.incrementAndGet() <= silentAnswers) {
                    exchange.getResponseBody().write(VIDEO, 0, 100);
                    exchange.getResponseBody().flush();
                    over.await();
                }
                exchange.getResponseBody().write(VIDEO);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
        });
        server.start();
    }

    @AfterEach
    void stop() {
        over.countDown();
        server.stop(0);
        threads.shutdownNow();
    }

    @Test
    void begins_anew_when_the_video_stops_coming() throws Exception {
        silentAnswers = 1;

        assertThat(download().fetch(URI.create("/video"))).isEqualTo(VIDEO.length);

        assertThat(asked).hasValue(2);
        assertThat(directory.resolve("out.mp4")).hasBinaryContent(VIDEO);
    }

    @Test
    void gives_up_after_three_tries_and_leaves_nothing() {
        silentAnswers = 3;
        lengthAnnounced = false;

        assertThatThrownBy(() -> download().fetch(URI.create("/video")))
                .isInstanceOf(IOException.class)
                .hasMessageContaining("the server has sent nothing for");

        assertThat(asked).hasValue(3);
        assertThat(directory).isEmptyDirectory();
    }

    @Test
    void follows_to_where_the_file_is_and_keeps_the_token_to_itself() throws Exception {
        var tokens = new ConcurrentLinkedQueue<String>();
        var elsewhere = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        elsewhere.createContext("/", exchange -> {
            try (exchange) {
                tokens.add(String.valueOf(exchange.getRequestHeaders().getFirst("Authorization")));
                exchange.sendResponseHeaders(200, VIDEO.length);
                exchange.getResponseBody().write(VIDEO);
            }
        });
        elsewhere.start();
        server.createContext("/moved", exchange -> {
            try (exchange) {
                tokens.add(exchange.getRequestHeaders().getFirst("Authorization"));
                exchange.getResponseHeaders()
                        .add(
                                "Location",
                                "http://127.0.0.1:" + elsewhere.getAddress().getPort() + "/file?signed");
                exchange.sendResponseHeaders(302, -1);
            }
        });

        assertThat(download().fetch(URI.create("/moved"))).isEqualTo(VIDEO.length);

        assertThat(tokens).containsExactly("Bearer token", "null");
        elsewhere.stop(0);
    }

    private VideoDownload download() {
        var api = new ApiClient(
                URI.create("http://127.0.0.1:" + server.getAddress().getPort()), "token");
        return new VideoDownload(api, directory.resolve("out.mp4"), PATIENCE);
    }
}
