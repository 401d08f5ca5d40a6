package io.storyreel.worker.provider.http;

import io.storyreel.worker.provider.ProviderOutageException;
import io.vertx.core.Handler;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.net.NetServer;
import io.vertx.core.net.NetSocket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ProviderHttpTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);

    /** More than the buffers of both ends take. */
    private static final Buffer LARGE = Buffer.buffer(new byte[32 << 20]);

    private final Vertx vertx = Vertx.vertx();
    private final ProviderHttp http = new ProviderHttp(vertx);

    @AfterEach
    void close() {
        http.close();
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 413, 429})
    void hears_a_no_that_comes_before_all_of_the_order_is_sent(int status) {
        NetServer vendor = vendor(status);

        JsonAnswer answer = http.send(JsonCall.post("Vendor", url(vendor), null), LARGE)
                .await()
                .atMost(LIMIT);

        assertThat(answer.status()).isEqualTo(status);
        assertThat(answer.json().getString("detail")).isEqualTo("no");
    }

    @Test
    void names_no_host_of_ours_when_a_provider_is_away() {
        NetServer vendor = vendor(200);
        String url = url(vendor);
        vendor.close().toCompletionStage().toCompletableFuture().join();

        assertThatThrownBy(() -> http.send(JsonCall.get("Vendor", url)).await().atMost(LIMIT))
                .isInstanceOf(ProviderOutageException.class)
                .hasMessage("Vendor could not be reached");
    }

    @Test
    void names_no_host_of_ours_when_a_provider_falls_silent() {
        NetServer vendor = listening(socket -> socket.handler(begun -> socket.close()));

        assertThatThrownBy(() ->
                        http.send(JsonCall.get("Vendor", url(vendor))).await().atMost(LIMIT))
                .isInstanceOf(ProviderOutageException.class)
                .hasMessage("Vendor did not answer");
    }

    @Test
    void takes_no_answer_that_is_too_large() {
        NetServer vendor = listening(
                socket -> socket.handler(begun -> socket.write("HTTP/1.1 200 OK\r\nContent-Length: 2000000\r\n\r\n")
                        .compose(sent -> socket.write(Buffer.buffer(new byte[2_000_000])))));

        assertThatThrownBy(() ->
                        http.send(JsonCall.get("Vendor", url(vendor))).await().atMost(LIMIT))
                .hasMessage("Vendor answered with more than 1 MiB");
    }

    /** Reads no further than the first bytes of the order. */
    private NetServer vendor(int status) {
        String body = "{\"detail\":\"no\"}";
        String answer = "HTTP/1.1 %d No\r\nContent-Length: %d\r\n\r\n%s".formatted(status, body.length(), body);
        return listening(socket -> socket.handler(begun -> {
            socket.pause();
            socket.write(answer);
        }));
    }

    private NetServer listening(Handler<NetSocket> vendor) {
        return vertx.createNetServer()
                .connectHandler(vendor)
                .listen(0, "127.0.0.1")
                .toCompletionStage()
                .toCompletableFuture()
                .join();
    }

    private static String url(NetServer vendor) {
        return "http://127.0.0.1:" + vendor.actualPort() + "/orders";
    }
}
