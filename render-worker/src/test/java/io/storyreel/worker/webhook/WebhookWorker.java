package io.storyreel.worker.webhook;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.address.HostResolver;
import io.storyreel.common.webhook.WebhookSecret;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.fetch.AddressGuard;
import io.storyreel.worker.fetch.FetchSettings;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;

import java.net.InetAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.Callable;

import static org.awaitility.Awaitility.await;

/** What a worker does for webhooks, round by round; in a hurry. */
final class WebhookWorker {
    /** A name that the guard can look up, and nobody else. */
    static final String NAME = "receiver.invalid";

    final Deliveries deliveries;
    private final RealPostgres postgres;
    private final EndedRenders ended;
    private final Courier courier;

    /** @param settings besides the hurry */
    WebhookWorker(RealPostgres postgres, Map<String, String> settings) {
        this.postgres = postgres;
        Map<String, String> all = new HashMap<>(Map.of(
                "storyreel.webhooks.schedule",
                "0s,1ms,1ms,1ms,1ms,1ms,1ms,1ms",
                "storyreel.fetch.allowed-hosts",
                "127.0.0.1," + NAME));
        all.putAll(settings);
        var webhooks = TestSettings.of(WebhookSettings.class, all);
        HostResolver resolver = host -> List.of(InetAddress.getAllByName(host.equals(NAME) ? "127.0.0.1" : host));
        var guard = new AddressGuard(resolver, TestSettings.of(FetchSettings.class, all));
        var clock = Clock.systemUTC();
        deliveries = new Deliveries(postgres.pool);
        ended = new EndedRenders(postgres.pool, webhooks);
        var receivers = new Receivers(postgres.vertx.getDelegate(), guard, webhooks, clock);
        courier = new Courier(deliveries, receivers, webhooks, clock);
    }

    void fanOut() {
        run(ended.round(Path.of(".")));
    }

    void until(Callable<Boolean> done) {
        await().atMost(RealPostgres.LIMIT).pollInterval(Duration.ofMillis(10)).until(() -> {
            fanOut();
            run(courier.round(Path.of(".")));
            return done.call();
        });
    }

    void untilNothingIsPending() {
        until(() -> postgres.rows("select from webhook_delivery where state = 'pending'", Tuple.tuple())
                .isEmpty());
    }

    /** @return its secret */
    String endpoint(UUID workspace, String url) {
        String secret = WebhookSecret.random(new SecureRandom()).text();
        postgres.execute(
                "insert into webhook_endpoint (id, workspace_id, url, events, secret) values (gen_random_uuid(), $1, $2,"
                        + " '{render.completed,render.failed,render.canceled}', $3)",
                Tuple.of(workspace, url, secret));
        return secret;
    }

    /** @return its id */
    UUID test(UUID workspace) {
        UUID id = UUID.randomUUID();
        postgres.execute(
                "insert into webhook_delivery (id, endpoint_id, type, body)"
                        + " select $1, id, 'webhook.test', '{}' from webhook_endpoint where workspace_id = $2",
                Tuple.of(id, workspace));
        return id;
    }

    Row one(String sql) {
        List<Row> rows = postgres.rows(sql, Tuple.tuple());
        if (rows.size() != 1) {
            throw new AssertionError(sql + " answers " + rows.size() + " rows");
        }
        return rows.get(0);
    }

    private static void run(Uni<Void> round) {
        round.await().atMost(RealPostgres.LIMIT);
    }
}
