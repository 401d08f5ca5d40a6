package io.storyreel.worker.webhook;

import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** From the end of a render to the receiver that was told of it. */
class WebhookDeliveryTest extends OnPostgres {
    private static final String RESULT = "{\"video\": {\"key\": \"v\"}, \"poster\": {\"key\": \"p\"}}";
    private final UUID workspace = UUID.randomUUID();
    private TestReceiver receiver;
    private WebhookWorker worker;

    @BeforeEach
    void listen() throws IOException {
        receiver = new TestReceiver();
        worker = new WebhookWorker(postgres, Map.of("storyreel.webhooks.public-url", "https://video.example.com/"));
        postgres.execute("truncate webhook_endpoint, webhook_due, webhook_default_secret cascade", Tuple.tuple());
    }

    @AfterEach
    void hangUp() {
        receiver.close();
    }

    @Test
    void a_receiver_that_fails_six_times_accepts_one_delivery() {
        String secret = worker.endpoint(workspace, receiver.url());
        IntStream.range(0, 6).forEach(i -> receiver.replies(500, Map.of(), "not now"));
        ClaimedJob job = claimed();
        end(job, JobChange.completed("Done", RESULT, new BigDecimal("1.25")));

        worker.until(() -> !receiver.accepted().isEmpty());
        worker.untilNothingIsPending();

        assertThat(receiver.received).hasSize(7).allMatch(one -> one.isSignedWith(secret));
        assertThat(receiver.received).extracting(TestReceiver.Received::id).containsOnly(deliveryId());
        JsonObject body = new JsonObject(receiver.accepted().get(0).body());
        assertThat(body.getString("type")).isEqualTo("render.completed");
        JsonObject data = body.getJsonObject("data");
        String address = "https://video.example.com/api/v1/video/workspaces/" + workspace + "/render/jobs/"
                + job.lease().jobId();
        assertThat(data.getJsonArray("video_urls").encode()).isEqualTo("[\"" + address + "/video\"]");
        assertThat(data.getString("poster_url")).isEqualTo(address + "/poster");
        assertThat(data.getValue("captions_url")).isNull();
        assertThat(data.getJsonObject("cost").getDouble("actual")).isEqualTo(1.25);
        assertThat(attempts())
                .extracting(row -> row.getInteger("status_code"))
                .containsExactly(500, 500, 500, 500, 500, 500, 200);
        assertThat(attempts().get(0).getString("answer")).isEqualTo("not now");
        assertThat(worker.one("select failing_since from webhook_endpoint").getValue(0))
                .isNull();
    }

    @Test
    void tells_of_failed_and_canceled_renders_too() {
        worker.endpoint(workspace, receiver.url());
        end(claimed(), JobChange.failed("provider_refused", "Scene 1 was refused", BigDecimal.ZERO));
        end(claimed(), JobChange.canceled(null));
        ClaimedJob waiting = claimed();
        postgres.execute(
                "update job set status = 'pending', lease_owner = null where id = $1",
                Tuple.of(waiting.lease().jobId()));
        new JobStore(postgres.pool)
                .cancel(workspace, waiting.lease().jobId())
                .await()
                .atMost(RealPostgres.LIMIT);

        worker.until(() -> receiver.accepted().size() == 3);

        assertThat(receiver.accepted())
                .extracting(one -> new JsonObject(one.body()).getString("type"))
                .containsExactlyInAnyOrder("render.failed", "render.canceled", "render.canceled");
    }

    @Test
    void writes_nothing_where_nobody_listens() {
        worker.endpoint(UUID.randomUUID(), receiver.url());
        end(claimed(), JobChange.completed("Done", RESULT, null));
        assertThat(postgres.rows("select from webhook_due", Tuple.tuple())).isEmpty();
    }

    @Test
    void tells_the_address_that_the_project_names_and_signs_with_the_default_secret() {
        ClaimedJob job = claimed();
        postgres.execute(
                "insert into video_project (id, workspace_id, title, webhook_url, storyboard, spec_digest)"
                        + " select project_id, workspace_id, 'A title', $2, '{}', '' from job where id = $1",
                Tuple.of(job.lease().jobId(), receiver.url()));
        end(job, JobChange.completed("Done", RESULT, null));

        worker.until(() -> !receiver.accepted().isEmpty());

        String secret = worker.one("select secret from webhook_default_secret").getString(0);
        assertThat(receiver.received).singleElement().matches(one -> one.isSignedWith(secret));
    }

    @Test
    void an_attempt_that_died_with_its_worker_is_made_again() {
        worker.endpoint(workspace, receiver.url());
        end(claimed(), JobChange.completed("Done", RESULT, null));
        worker.fanOut();
        worker.deliveries.take(List.of(), 10, 10, Duration.ofMillis(1)).await().atMost(RealPostgres.LIMIT);

        worker.untilNothingIsPending();

        assertThat(receiver.received).hasSize(1);
        assertThat(attempts()).extracting(row -> row.getInteger("status_code")).containsExactly(null, 200);
    }

    @Test
    void two_workers_tell_everything_once() {
        worker.endpoint(workspace, receiver.url());
        var other = new WebhookWorker(postgres, Map.of());
        IntStream.range(0, 30).forEach(i -> end(claimed(), JobChange.completed("Done", RESULT, null)));

        worker.until(() -> {
            other.until(() -> true);
            return receiver.received.size() >= 30;
        });
        worker.untilNothingIsPending();

        assertThat(receiver.received)
                .extracting(TestReceiver.Received::id)
                .hasSize(30)
                .doesNotHaveDuplicates();
    }

    @Test
    void connects_to_the_address_that_was_checked_and_asks_for_the_name() {
        String url = receiver.url().replace("127.0.0.1", WebhookWorker.NAME);
        worker.endpoint(workspace, url);
        worker.test(workspace);

        worker.untilNothingIsPending();

        assertThat(receiver.accepted()).singleElement().satisfies(one -> assertThat(
                        one.headers().get("host"))
                .containsExactly(URI.create(url).getAuthority()));
    }

    private ClaimedJob claimed() {
        var scene = new Scene(1, "https://example.com/a.png", null, 1.0, null, null, null, null);
        return postgres.claimed(
                workspace, "local", List.of(), new Storyboard(List.of(scene), List.of(), null, null, null));
    }

    private static void end(ClaimedJob job, JobChange end) {
        new JobStore(postgres.pool).advance(job.lease(), end).await().atMost(RealPostgres.LIMIT);
    }

    private String deliveryId() {
        return worker.one("select id from webhook_delivery").getUUID(0).toString();
    }

    private static List<Row> attempts() {
        return postgres.rows("select * from webhook_attempt order by number", Tuple.tuple());
    }
}
