package io.storyreel.worker.webhook;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.webhook.WebhookEvent;
import io.storyreel.common.webhook.WebhookSecret;
import io.storyreel.worker.run.Chore;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.StreamSupport;

/**
 * Makes deliveries of the ends of renders. What it has taken goes in the transaction that makes the deliveries: whatever
 * crashes, every end becomes one delivery for each endpoint, and not two.
 */
@ApplicationScoped
public class EndedRenders implements Chore {
    private static final int AT_ONCE = 100;

    private final Pool pool;
    private final WebhookSettings settings;
    private final SecureRandom random = new SecureRandom();

    EndedRenders(Pool pool, WebhookSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "making webhooks of ended renders";
    }

    @Override
    public Duration pause() {
        return settings.look();
    }

    @Override
    public Uni<Void> round(Path scratch) {
        return pool.withTransaction(database -> database.preparedQuery(FanOutSql.TAKE)
                        .execute(Tuple.of(AT_ONCE))
                        .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                                .map(EndedRender::of)
                                .toList())
                        .call(ended -> ended.isEmpty() ? Uni.createFrom().voidItem() : fanOut(database, ended)))
                .chain(ended -> ended.size() < AT_ONCE ? Uni.createFrom().voidItem() : round(scratch));
    }

    private Uni<Void> fanOut(SqlConnection database, List<EndedRender> ended) {
        List<EndedRender> addressed =
                ended.stream().filter(one -> one.webhookUrl() != null).toList();
        String base = settings.publicUrl().orElse("").replaceAll("/+$", "");
        Tuple deliveries = Tuple.of(
                column(ended, EndedRender::job, UUID[]::new),
                column(ended, EndedRender::workspace, UUID[]::new),
                column(ended, EndedRender::webhookUrl, String[]::new),
                column(ended, one -> one.event().wireName(), String[]::new),
                column(ended, one -> one.body(base), String[]::new));
        return (addressed.isEmpty() ? Uni.createFrom().voidItem() : known(database, addressed))
                .chain(() -> database.preparedQuery(FanOutSql.DELIVER).execute(deliveries))
                .replaceWithVoid();
    }

    /** Makes endpoints of the addresses that projects name. */
    private Uni<Void> known(SqlConnection database, List<EndedRender> addressed) {
        Tuple secrets = Tuple.of(
                column(addressed, EndedRender::workspace, UUID[]::new),
                column(addressed, one -> WebhookSecret.random(random).text(), String[]::new));
        Tuple endpoints = Tuple.of(
                column(addressed, EndedRender::workspace, UUID[]::new),
                column(addressed, EndedRender::webhookUrl, String[]::new),
                WebhookEvent.subscribable().toArray(String[]::new));
        return database.preparedQuery(FanOutSql.DEFAULT_SECRETS)
                .execute(secrets)
                .chain(() ->
                        database.preparedQuery(FanOutSql.ENDPOINTS_OF_PROJECTS).execute(endpoints))
                .replaceWithVoid();
    }

    private static <V> V[] column(List<EndedRender> ended, Function<EndedRender, V> value, IntFunction<V[]> array) {
        return ended.stream().map(value).toArray(array);
    }
}
