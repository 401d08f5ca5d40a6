package io.storyreel.api.webhook;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.idempotency.ReservedId;
import io.storyreel.api.page.Cursor;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.webhook.WebhookEvent;
import io.storyreel.common.webhook.WebhookSecret;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Whom workspaces tell of their renders. */
@ApplicationScoped
class WebhookEndpoints {
    static final int MOST = 10;

    /** How long a secret that was replaced signs beside the new one. */
    private static final Duration CHANGE_OVER = Duration.ofHours(24);

    private final Pool pool;
    private final SecureRandom random = new SecureRandom();

    /** @param previousUntil null if there was none before */
    record DefaultSecret(String secret, Instant previousUntil) {}

    WebhookEndpoints(Pool pool) {
        this.pool = pool;
    }

    /** With its secret; null if there is none under that id. */
    Uni<WebhookEndpoint> withSecret(UUID workspace, UUID id) {
        return pool.preparedQuery(EndpointSql.MADE)
                .execute(Tuple.of(workspace, id))
                .map(rows -> {
                    if (rows.size() == 0) {
                        return null;
                    }
                    Row row = rows.iterator().next();
                    return WebhookEndpoint.of(row).showing(row.getString("secret"));
                });
    }

    /** The answer shows the secret. */
    Uni<WebhookEndpoint> add(UUID workspace, UUID id, EndpointRequest wanted) {
        String[] asked = wanted.checkedEvents();
        String[] events = asked == null ? WebhookEvent.subscribable().toArray(String[]::new) : asked;
        boolean enabled = wanted.enabled() == null || wanted.enabled();
        String secret = newSecret();
        Tuple values =
                Tuple.of(workspace, wanted.url(), events, enabled, secret, MOST).addValue(id);
        return pool.withTransaction(database -> database.preparedQuery(EndpointSql.ALONE)
                        .execute(Tuple.of(workspace))
                        .chain(() -> database.preparedQuery(EndpointSql.ADD).execute(values)))
                .map(WebhookEndpoints::only)
                .onItem()
                .ifNull()
                .failWith(() -> new ProblemException(
                        ProblemCode.CONFLICT,
                        "The workspace has " + MOST + " webhook endpoints already, the most there can be: remove one."))
                .map(endpoint -> endpoint.showing(secret));
    }

    Uni<Page<WebhookEndpoint>> list(UUID workspace, Listing asked) {
        Cursor after = asked.after();
        Tuple values = Tuple.of(workspace, after.createdAt().atOffset(ZoneOffset.UTC), after.id(), asked.limit() + 1);
        return pool.preparedQuery(EndpointSql.PAGE).execute(values).map(rows -> {
            List<WebhookEndpoint> found = StreamSupport.stream(rows.spliterator(), false)
                    .map(WebhookEndpoint::of)
                    .toList();
            return Page.of(found, asked, endpoint -> new Cursor(endpoint.createdAt(), endpoint.id()));
        });
    }

    Uni<WebhookEndpoint> find(UUID workspace, UUID id) {
        return pool.preparedQuery(EndpointSql.ONE)
                .execute(Tuple.of(workspace, id))
                .map(WebhookEndpoints::only)
                .onItem()
                .ifNull()
                .failWith(() -> missing(id));
    }

    Uni<WebhookEndpoint> change(UUID workspace, UUID id, EndpointRequest wanted) {
        Tuple values = Tuple.of(workspace, id, wanted.url(), wanted.checkedEvents(), wanted.enabled());
        return pool.preparedQuery(EndpointSql.CHANGE)
                .execute(values)
                .map(WebhookEndpoints::only)
                .onItem()
                .ifNull()
                .failWith(() -> missing(id));
    }

    Uni<Void> remove(UUID workspace, UUID id) {
        return pool.preparedQuery(EndpointSql.REMOVE)
                .execute(Tuple.of(workspace, id))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw missing(id);
                    }
                })
                .replaceWithVoid();
    }

    /**
     * The answer shows the new secret.
     *
     * @param once a second rotation would take away the secret that receivers still have
     */
    Uni<WebhookEndpoint> rotate(UUID workspace, UUID id, ReservedId once) {
        String secret = newSecret();
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(EndpointSql.ROTATE)
                .execute(Tuple.of(workspace, id, secret, CHANGE_OVER.toMillis()))
                .map(WebhookEndpoints::only)
                .onItem()
                .ifNull()
                .failWith(() -> missing(id))
                .map(endpoint -> endpoint.showing(secret))
                .call(() -> once.done(transaction)));
    }

    Uni<DefaultSecret> rotateDefault(UUID workspace, ReservedId once) {
        String secret = newSecret();
        return pool.withTransaction(transaction -> transaction
                .preparedQuery(EndpointSql.ROTATE_DEFAULT)
                .execute(Tuple.of(workspace, secret, CHANGE_OVER.toMillis()))
                .map(rows -> new DefaultSecret(secret, Times.of(rows.iterator().next(), "previous_until")))
                .call(() -> once.done(transaction)));
    }

    /** As it is after a rotation. */
    Uni<DefaultSecret> defaultSecret(UUID workspace) {
        return pool.preparedQuery(EndpointSql.DEFAULT)
                .execute(Tuple.of(workspace))
                .map(rows -> rows.iterator().next())
                .map(row -> new DefaultSecret(row.getString("secret"), Times.of(row, "previous_until")));
    }

    private String newSecret() {
        return WebhookSecret.random(random).text();
    }

    private static WebhookEndpoint only(RowSet<Row> rows) {
        return rows.size() == 0 ? null : WebhookEndpoint.of(rows.iterator().next());
    }

    private static ProblemException missing(UUID id) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "There is no webhook endpoint " + id + " in this workspace.");
    }
}
