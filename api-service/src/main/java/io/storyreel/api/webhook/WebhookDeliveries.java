package io.storyreel.api.webhook;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.page.Cursor;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.webhook.WebhookBody;
import io.storyreel.common.webhook.WebhookEvent;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** What endpoints were told, and shall be told. The workers do the telling. */
@ApplicationScoped
class WebhookDeliveries {
    private static final String COLUMNS = "id, type, job_id, state, attempts, next_try_at, body, created_at, ended_at";

    /** $1 endpoint, $2, $3 the last one known, $4 most. */
    private static final String PAGE =
            """
            select %s from webhook_delivery where endpoint_id = $1 and (created_at, id) < ($2, $3)
            order by created_at desc, id desc limit $4
            """
                    .formatted(COLUMNS);

    private static final String ONE =
            "select %s from webhook_delivery where endpoint_id = $1 and id = $2".formatted(COLUMNS);

    private static final String ATTEMPTS = "select * from webhook_attempt where delivery_id = $1 order by number";

    private static final String TEST =
            "insert into webhook_delivery (id, endpoint_id, type, body) values ($4, $1, $2, $3) returning " + COLUMNS;

    /** $1 endpoint, $2 delivery. One that is pending goes at once, unless an attempt is under way; tries count anew. */
    private static final String REPLAY =
            """
            update webhook_delivery set state = 'pending', tries = 0, ended_at = null, next_try_at =
                case when state = 'pending' and exists (select from webhook_attempt a where a.delivery_id = id
                    and a.number = attempts and a.duration_ms is null) then next_try_at else clock_timestamp() end
            where endpoint_id = $1 and id = $2
            returning %s
            """
                    .formatted(COLUMNS);

    private final Pool pool;
    private final Clock clock;

    WebhookDeliveries(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    Uni<Page<WebhookDelivery>> list(UUID endpoint, Listing asked) {
        Cursor after = asked.after();
        Tuple values = Tuple.of(endpoint, after.createdAt().atOffset(ZoneOffset.UTC), after.id(), asked.limit() + 1);
        return query(PAGE, values)
                .map(found -> Page.of(found, asked, delivery -> new Cursor(delivery.createdAt(), delivery.id())));
    }

    /** With its attempts. */
    Uni<WebhookDelivery> find(UUID endpoint, UUID id) {
        return query(ONE, Tuple.of(endpoint, id)).map(found -> only(found, id)).chain(delivery -> pool.preparedQuery(
                        ATTEMPTS)
                .execute(Tuple.of(id))
                .map(rows -> delivery.with(StreamSupport.stream(rows.spliterator(), false)
                        .map(WebhookDelivery.Attempt::of)
                        .toList())));
    }

    /** As it was made under that id; null if it was not. */
    Uni<WebhookDelivery> made(UUID endpoint, UUID id) {
        return query(ONE, Tuple.of(endpoint, id)).map(found -> found.isEmpty() ? null : found.get(0));
    }

    Uni<WebhookDelivery> test(WebhookEndpoint endpoint, UUID id) {
        requireEnabled(endpoint);
        JsonObject data = new JsonObject()
                .put("endpoint_id", endpoint.id().toString())
                .put("message", "A test: nothing happened, and the receiver works.");
        String body = WebhookBody.of(WebhookEvent.WEBHOOK_TEST, clock.instant(), data);
        return query(TEST, Tuple.of(endpoint.id(), WebhookEvent.WEBHOOK_TEST.wireName(), body, id))
                .map(made -> made.get(0));
    }

    Uni<WebhookDelivery> replay(WebhookEndpoint endpoint, UUID id) {
        requireEnabled(endpoint);
        return query(REPLAY, Tuple.of(endpoint.id(), id)).map(found -> only(found, id));
    }

    private Uni<List<WebhookDelivery>> query(String sql, Tuple values) {
        return pool.preparedQuery(sql).execute(values).map(rows -> StreamSupport.stream(rows.spliterator(), false)
                .map(WebhookDelivery::of)
                .toList());
    }

    private static WebhookDelivery only(List<WebhookDelivery> found, UUID id) {
        if (found.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND, "There is no delivery " + id + " of this webhook endpoint.");
        }
        return found.get(0);
    }

    private static void requireEnabled(WebhookEndpoint endpoint) {
        if (!endpoint.enabled()) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "The webhook endpoint is switched off: switch it on first, with PATCH {\"enabled\": true}.");
        }
    }
}
