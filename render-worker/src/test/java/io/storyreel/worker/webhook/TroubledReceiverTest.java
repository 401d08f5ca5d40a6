package io.storyreel.worker.webhook;

import io.storyreel.worker.OnPostgres;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.net.ServerSocket;
import java.time.OffsetDateTime;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

/** Receivers that do not do what receivers should. */
class TroubledReceiverTest extends OnPostgres {
    private final UUID workspace = UUID.randomUUID();
    private TestReceiver receiver;
    private WebhookWorker worker;

    @BeforeEach
    void listen() throws IOException {
        receiver = new TestReceiver();
        worker = new WebhookWorker(postgres, Map.of("storyreel.webhooks.timeout", "2s"));
        postgres.execute("truncate webhook_endpoint cascade", Tuple.tuple());
    }

    @AfterEach
    void hangUp() {
        receiver.close();
    }

    @Test
    void is_given_up_after_the_last_try() {
        worker.endpoint(workspace, "http://127.0.0.1:1/");
        worker.test(workspace);

        worker.untilNothingIsPending();

        Row delivery = worker.one("select state, tries, attempts from webhook_delivery");
        assertThat(delivery.getString("state")).isEqualTo("failed");
        assertThat(delivery.getInteger("tries")).isEqualTo(8);
        assertThat(worker.one("select enabled from webhook_endpoint").getBoolean(0))
                .isTrue();
        assertThat(firstAttempt().getString("error")).contains("could not be reached");
    }

    @Test
    void is_switched_off_when_it_says_gone() {
        worker.endpoint(workspace, receiver.url());
        worker.test(workspace);
        receiver.replies(410);

        worker.untilNothingIsPending();

        Row endpoint = worker.one("select enabled, disabled_reason from webhook_endpoint");
        assertThat(endpoint.getBoolean("enabled")).isFalse();
        assertThat(endpoint.getString("disabled_reason")).contains("410");
        assertThat(receiver.received).hasSize(1);
    }

    @Test
    void is_switched_off_with_all_its_deliveries_after_days_of_failures() {
        worker.endpoint(workspace, receiver.url());
        UUID first = worker.test(workspace);
        UUID later = worker.test(workspace);
        postgres.execute(
                "update webhook_delivery set next_try_at = now() + interval '1 hour' where id = $1", Tuple.of(later));
        postgres.execute("update webhook_endpoint set failing_since = now() - interval '121 hours'", Tuple.tuple());
        receiver.replies(500);

        worker.untilNothingIsPending();

        assertThat(worker.one("select disabled_reason from webhook_endpoint").getString(0))
                .startsWith("Every try since 20");
        assertThat(postgres.rows("select id from webhook_delivery where state = 'failed'", Tuple.tuple()))
                .extracting(row -> row.getUUID("id"))
                .containsExactlyInAnyOrder(first, later);
    }

    @Test
    void is_forgiven_when_it_accepts_again() {
        worker.endpoint(workspace, receiver.url());
        worker.test(workspace);
        postgres.execute("update webhook_endpoint set failing_since = now() - interval '121 hours'", Tuple.tuple());

        worker.untilNothingIsPending();

        assertThat(worker.one("select failing_since from webhook_endpoint").getValue(0))
                .isNull();
    }

    @Test
    void is_not_followed_elsewhere() {
        worker.endpoint(workspace, receiver.url());
        worker.test(workspace);
        receiver.replies(302, Map.of("Location", "http://169.254.169.254/"), "");

        worker.until(() -> !receiver.received.isEmpty() && firstAttempt().getString("error") != null);

        assertThat(firstAttempt().getString("error")).contains("302").contains("redirects are not followed");
    }

    @ParameterizedTest
    @ValueSource(strings = {"http://localhost:1/", "http://10.0.0.1/", "http://[::1]/", "http://169.254.169.254/"})
    void is_not_asked_in_our_own_network(String url) {
        worker.endpoint(workspace, url);
        worker.test(workspace);

        worker.untilNothingIsPending();

        assertThat(firstAttempt().getString("error")).contains("leads into a private network");
        assertThat(firstAttempt().getInteger("status_code")).isNull();
    }

    @Test
    void is_not_listened_to_for_ever() throws IOException {
        try (ServerSocket silent = new ServerSocket(0)) {
            worker.endpoint(workspace, "http://127.0.0.1:" + silent.getLocalPort() + "/");
            worker.test(workspace);

            worker.until(() -> worker.one("select tries from webhook_delivery").getInteger(0) == 1);

            assertThat(firstAttempt().getString("error")).isEqualTo("the receiver did not answer within 2.0 s");
        }
    }

    @Test
    void is_listened_to_for_a_kibibyte() {
        worker.endpoint(workspace, receiver.url());
        worker.test(workspace);
        receiver.replies(200, Map.of(), "\0" + "x".repeat(100_000));

        worker.untilNothingIsPending();

        assertThat(firstAttempt().getString("answer")).hasSize(1024).startsWith("\uFFFDxxx");
        assertThat(firstAttempt().getInteger("status_code")).isEqualTo(200);
    }

    @Test
    void is_left_alone_for_as_long_as_it_asks() {
        worker.endpoint(workspace, receiver.url());
        worker.test(workspace);
        receiver.replies(503, Map.of("Retry-After", "120"), "");

        worker.until(() -> worker.one("select tries from webhook_delivery").getInteger(0) == 1);

        OffsetDateTime next =
                worker.one("select next_try_at from webhook_delivery").getOffsetDateTime(0);
        assertThat(next).isAfter(OffsetDateTime.now().plusSeconds(60));
    }

    private Row firstAttempt() {
        return worker.one("select * from webhook_attempt where number = 1");
    }
}
