package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.client.ApiClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** A user's server is told how renders ended, whatever happens to it and to us. */
class WebhooksIT {
    private static final int FAILURES = 6;

    @TempDir
    static Path directory;

    private static RunningPair pair;

    @BeforeAll
    static void start() throws Exception {
        pair = new RunningPair(
                        directory,
                        1,
                        Map.of(
                                "STORYREEL_FETCH_ALLOWED_HOSTS", "127.0.0.1",
                                "STORYREEL_MOCK_DURATION_MIN", "1s",
                                "STORYREEL_MOCK_DURATION_MAX", "1s",
                                "STORYREEL_WEBHOOKS_SCHEDULE", "0s,500ms,500ms,500ms,500ms,500ms,500ms,500ms",
                                "STORYREEL_WEBHOOKS_TIMEOUT", "5s"))
                .start();
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @Test
    void a_receiver_that_fails_six_times_accepts_one_delivery_though_the_worker_is_killed_in_between()
            throws Exception {
        CountDownLatch inTheMiddle = new CountDownLatch(1);
        CountDownLatch killed = new CountDownLatch(1);
        try (FlakyReceiver receiver = new FlakyReceiver(FAILURES, call -> {
            if (call == 3) {
                inTheMiddle.countDown();
                waitFor(killed);
            }
        })) {
            ApiClient client = pair.client();
            JsonNode endpoint = client.post(
                    pair.base() + "/webhooks", Films.JSON.createObjectNode().put("url", receiver.url()));
            String job = render(null);
            waitFor(inTheMiddle);
            pair.workers.get(0).kill9();
            killed.countDown();
            pair.workers.get(0).start();

            await().atMost(RunningPair.LIMIT).until(() -> !receiver.accepted().isEmpty());

            String deliveries = pair.base() + "/webhooks/" + endpoint.get("id").asText() + "/deliveries";
            await().atMost(RunningPair.LIMIT)
                    .until(() -> client.get(deliveries).at("/items/0/state").asText(), "delivered"::equals);
            assertThat(receiver.accepted()).hasSize(1);
            assertThat(receiver.received).hasSize(FAILURES + 1);
            String secret = endpoint.get("secret").asText();
            assertThat(receiver.received).allMatch(one -> one.isSignedWith(secret));
            String id = client.get(deliveries).at("/items/0/id").asText();
            assertThat(receiver.received).extracting(FlakyReceiver.Received::id).containsOnly(id);
            JsonNode body = Films.JSON.readTree(receiver.accepted().get(0).body());
            assertThat(body.get("type").asText()).isEqualTo("render.completed");
            assertThat(body.at("/data/job_id").asText()).isEqualTo(job);
            JsonNode log = client.get(deliveries + "/" + id).get("attempt_log");
            assertThat(log).hasSize(FAILURES + 1);
            assertThat(log.get(2).get("duration_ms").isNull())
                    .as("the attempt that died with its worker")
                    .isTrue();
        }
    }

    @Test
    void the_address_that_a_project_names_is_told_too() throws Exception {
        JsonNode secret =
                pair.client().post(pair.base() + "/webhooks/default-secret/rotate", Films.JSON.createObjectNode());
        try (FlakyReceiver receiver = new FlakyReceiver(0, call -> {})) {
            render(receiver.url());

            await().atMost(RunningPair.LIMIT).until(() -> !receiver.accepted().isEmpty());

            assertThat(receiver.accepted()
                            .get(0)
                            .isSignedWith(secret.get("secret").asText()))
                    .isTrue();
        }
    }

    /** @return the job */
    private static String render(String webhookUrl) throws Exception {
        Films films = new Films(pair);
        ObjectNode film = films.storyboard("Told of");
        if (webhookUrl != null) {
            film.put("webhook_url", webhookUrl);
        }
        Films.addScene(film, films.upload(films.picture(Color.ORANGE, 320, 180)), 1, "none");
        return films.render(films.create(film), "mock");
    }

    private static void waitFor(CountDownLatch latch) {
        try {
            assertThat(latch.await(RunningPair.LIMIT.toSeconds(), TimeUnit.SECONDS))
                    .isTrue();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException("interrupted", e);
        }
    }
}
