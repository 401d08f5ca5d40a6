package io.storyreel.worker.webhook;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.storyreel.worker.provider.http.RetryHints;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;

import java.nio.charset.StandardCharsets;
import java.time.Clock;
import java.time.Duration;
import java.util.Set;

/** One POST, of whose answer the beginning is read. Cancelling resets the connection. */
final class WebhookPost {
    private static final int MOST_BYTES = 1024;
    private static final Set<Integer> MAY_ASK_FOR_A_PAUSE = Set.of(429, 503);

    private final HttpClient client;
    private final Clock clock;
    private final Buffer kept = Buffer.buffer();
    private UniEmitter<? super Answer> emitter;
    private volatile HttpClientRequest request;
    private volatile boolean over;

    WebhookPost(HttpClient client, Clock clock) {
        this.client = client;
        this.clock = clock;
    }

    /** May be called once. Fails with the cause if there is no answer, or if it breaks off. */
    Uni<Answer> send(RequestOptions options, Buffer body) {
        return Uni.createFrom().emitter(wanted -> {
            emitter = wanted;
            wanted.onTermination(this::stop);
            client.request(options).onSuccess(opened -> send(opened, body)).onFailure(wanted::fail);
        });
    }

    private void send(HttpClientRequest opened, Buffer body) {
        request = opened;
        if (over) {
            opened.reset();
            return;
        }
        opened.response().onSuccess(this::answered).onFailure(emitter::fail);
        opened.send(body);
    }

    private void answered(HttpClientResponse response) {
        response.exceptionHandler(emitter::fail);
        response.handler(chunk -> {
            kept.appendBuffer(chunk, 0, Math.min(chunk.length(), MOST_BYTES - kept.length()));
            if (kept.length() >= MOST_BYTES) {
                finish(response);
                stop();
            }
        });
        response.endHandler(end -> {
            over = true;
            finish(response);
        });
    }

    private void finish(HttpClientResponse response) {
        // Postgres keeps no NUL in a text.
        String text = kept.toString(StandardCharsets.UTF_8).replace('\0', '\uFFFD');
        emitter.complete(Answer.of(response.statusCode(), text, wish(response)));
    }

    private Duration wish(HttpClientResponse response) {
        return MAY_ASK_FOR_A_PAUSE.contains(response.statusCode())
                ? RetryHints.of(response.headers(), clock.instant())
                : null;
    }

    private void stop() {
        if (!over) {
            over = true;
            HttpClientRequest open = request;
            if (open != null) {
                open.reset();
            }
        }
    }
}
