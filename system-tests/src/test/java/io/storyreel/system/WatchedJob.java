package io.storyreel.system;

import io.storyreel.local.client.SseEvent;
import io.storyreel.local.client.SseParser;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.locks.LockSupport;

/**
 * Follows one job's progress stream as a browser on a bad line would: hangs up after every few events and resumes with
 * the number of the last one.
 */
final class WatchedJob implements Runnable {
    private static final Set<String> FINAL = Set.of("completed", "failed", "canceled");
    private static final int EVENTS_A_CONNECTION = 3;

    private final HttpClient http = HttpClient.newBuilder()
            .version(HttpClient.Version.HTTP_1_1)
            .connectTimeout(Duration.ofSeconds(5))
            .build();
    private final URI stream;
    private final String token;
    final List<SseEvent> seen = new CopyOnWriteArrayList<>();
    private volatile boolean ended;
    private volatile boolean givenUp;

    WatchedJob(URI stream, String token) {
        this.stream = stream;
        this.token = token;
    }

    boolean ended() {
        return ended;
    }

    void giveUp() {
        givenUp = true;
    }

    List<Integer> numbers() {
        return seen.stream().map(event -> Integer.valueOf(event.id())).toList();
    }

    String lastName() {
        return seen.isEmpty() ? "" : seen.get(seen.size() - 1).name();
    }

    @Override
    public void run() {
        while (!ended && !givenUp) {
            try {
                watchOnce();
            } catch (IOException serverAway) {
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return;
            }
        }
    }

    private void watchOnce() throws IOException, InterruptedException {
        HttpRequest.Builder request = HttpRequest.newBuilder(stream)
                .header("Authorization", "Bearer " + token)
                .header("Accept", "text/event-stream");
        if (!seen.isEmpty()) {
            request.header("Last-Event-ID", seen.get(seen.size() - 1).id());
        }
        HttpResponse<java.io.InputStream> answer = http.send(request.build(), BodyHandlers.ofInputStream());
        if (answer.statusCode() != 200) {
            answer.body().close();
            throw new IOException("status " + answer.statusCode());
        }
        try (BufferedReader lines = new BufferedReader(new InputStreamReader(answer.body(), StandardCharsets.UTF_8))) {
            read(lines);
        }
    }

    private void read(BufferedReader lines) throws IOException {
        SseParser parser = new SseParser();
        int before = seen.size();
        String line;
        while (!ended && !givenUp && seen.size() < before + EVENTS_A_CONNECTION && (line = lines.readLine()) != null) {
            Optional<SseEvent> event = parser.line(line);
            event.ifPresent(seen::add);
            ended = event.map(one -> FINAL.contains(one.name())).orElse(false);
        }
    }
}
