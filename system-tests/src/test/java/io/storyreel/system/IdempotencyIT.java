package io.storyreel.system;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Path;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Renders that are repeated because nobody knows what became of them. */
class IdempotencyIT {
    private static final int KEYS = 400;
    private static final int KILLED_AFTER = 60;

    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();

    @TempDir
    static Path directory;

    @Test
    void every_key_is_one_job_though_the_api_is_killed_in_the_middle() throws Exception {
        Map<String, String> settings = Map.of(
                "STORYREEL_RENDER_ONE_ACTIVE_PER_PROJECT", "false",
                "STORYREEL_IDEMPOTENCY_HOLD", "3s",
                "STORYREEL_IDEMPOTENCY_RENEWAL", "1s");
        try (RunningPair pair = new RunningPair(directory, 0, settings).start()) {
            String project = project(pair);
            List<String> keys = Stream.generate(() -> UUID.randomUUID().toString())
                    .limit(KEYS)
                    .toList();
            Map<String, String> answered = new ConcurrentHashMap<>();

            List<CompletableFuture<Void>> all = keys.stream()
                    .map(key -> HTTP.sendAsync(render(pair, project, key), BodyHandlers.ofString())
                            .thenAccept(answer -> note(key, answer, answered))
                            .exceptionally(cutOff -> null))
                    .toList();
            await().atMost(RunningPair.LIMIT)
                    .pollInterval(Duration.ofMillis(1))
                    .until(() -> answered.size() >= KILLED_AFTER);
            pair.api.kill9();
            CompletableFuture.allOf(all.toArray(CompletableFuture[]::new)).join();
            Map<String, String> before = new HashMap<>(answered);
            assertThat(pair.count("select count(*) from keyed_request k join job j on j.id = k.reserved_id"
                            + " where k.answer is null"))
                    .as("renders that were accepted and not answered")
                    .isPositive();
            assertThat(before).as("answers before the end").hasSizeLessThan(KEYS);

            pair.api.start();
            Map<String, String> after = new ConcurrentHashMap<>();
            await().atMost(RunningPair.LIMIT).until(() -> repeat(pair, project, keys, after) == KEYS);

            assertThat(after).containsAllEntriesOf(before);
            assertThat(after.values()).doesNotHaveDuplicates();
            assertThat(pair.count("select count(*) from job")).isEqualTo(KEYS);
        }
    }

    private static String project(RunningPair pair) throws Exception {
        ObjectNode film = new Films(pair).storyboard("To be rendered often");
        Films.addScene(film, "https://example.com/picture.png", 2, "none");
        return new Films(pair).create(film);
    }

    private static HttpRequest render(RunningPair pair, String project, String key) {
        return HttpRequest.newBuilder(URI.create(pair.api.url() + pair.base() + "/render/" + project))
                .timeout(Duration.ofSeconds(30))
                .header("Authorization", "Bearer " + pair.token)
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofString("{\"provider\": \"mock\"}"))
                .build();
    }

    private static void note(String key, HttpResponse<String> answer, Map<String, String> answered) {
        if (answer.statusCode() == 202) {
            answered.put(key, job(answer));
        }
    }

    /** Repeats what has no answer yet; says how many have one. What is under way as far as anybody knows is refused. */
    private static int repeat(RunningPair pair, String project, List<String> keys, Map<String, String> after) {
        keys.stream()
                .filter(key -> !after.containsKey(key))
                .map(key -> HTTP.sendAsync(render(pair, project, key), BodyHandlers.ofString())
                        .thenAccept(answer -> {
                            assertThat(answer.statusCode()).as(answer.body()).isIn(202, 409);
                            if (answer.statusCode() == 409) {
                                assertThat(answer.headers().firstValueAsLong("Retry-After"))
                                        .isPresent();
                            }
                            note(key, answer, after);
                        }))
                .toList()
                .forEach(CompletableFuture::join);
        return after.size();
    }

    private static String job(HttpResponse<String> answer) {
        try {
            return JSON.readTree(answer.body()).get("job_id").asText();
        } catch (IOException e) {
            throw new AssertionError(answer.body(), e);
        }
    }
}
