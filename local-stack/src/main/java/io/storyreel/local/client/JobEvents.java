package io.storyreel.local.client;

import java.io.IOException;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Consumer;

/** Follows a job's events to the last, over lost connections: it reconnects and resumes after the last event seen. */
public final class JobEvents {

    /** The server sends a comment every 15 s; three missed ones mean that the connection is dead. */
    private static final Duration SILENCE = Duration.ofSeconds(45);

    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(30);
    private static final Duration FIRST_PAUSE = Duration.ofMillis(500);
    private static final Duration LONGEST_PAUSE = Duration.ofSeconds(5);
    private static final int FAILURES_IN_A_ROW = 12;
    private static final Set<String> FINAL = Set.of("completed", "failed", "canceled");

    private final ApiClient api;
    private final String path;
    private String lastId = "";
    private int failures;

    public JobEvents(ApiClient api, String path) {
        this.api = api;
        this.path = path;
    }

    /**
     * Calls {@code listener} for each event, the final one included, and returns after it.
     *
     * @throws ApiException when the server refuses the stream
     * @throws IOException when the server cannot be reached for about a minute
     */
    public void follow(Consumer<SseEvent> listener) throws IOException, InterruptedException, ApiException {
        while (!followOnce(listener)) {
            failures++;
            if (failures > FAILURES_IN_A_ROW) {
                throw new IOException("the server has not answered " + failures + " times in a row");
            }
            var pause = Math.min(FIRST_PAUSE.toMillis() << Math.min(failures - 1, 10), LONGEST_PAUSE.toMillis());
            // Nobody counts it down: a pause that an interrupt ends.
            new CountDownLatch(1).await(pause, TimeUnit.MILLISECONDS);
        }
    }

    /** @return whether the final event has come */
    private boolean followOnce(Consumer<SseEvent> listener) throws InterruptedException, ApiException {
        try (var lines = new LineQueue()) {
            var opening = api.openEvents(path, lastId, lines);
            var parser = new SseParser();
            for (var line = lines.next(opening.isDone() ? SILENCE : CONNECT_WITHIN);
                    line.isPresent();
                    line = lines.next(SILENCE)) {
                failures = 0;
                var event = parser.line(line.get());
                if (event.isPresent()) {
                    lastId = event.get().id();
                    listener.accept(event.get());
                    if (FINAL.contains(event.get().name())) {
                        return true;
                    }
                }
            }
            refuseIfRefused(opening);
            return false;
        }
    }

    private static void refuseIfRefused(CompletableFuture<HttpResponse<Void>> opening)
            throws InterruptedException, ApiException {
        try {
            var status = opening.get(1, TimeUnit.SECONDS).statusCode();
            if (status >= 400 && status < 500 && status != 429) {
                throw new ApiException(Problem.of(status, new byte[0]));
            }
        } catch (ExecutionException | TimeoutException e) {
            opening.cancel(true); // unreachable or silent: the caller tries again
        }
    }
}
