package io.storyreel.worker.webhook;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** The deliveries of all workers. */
@ApplicationScoped
class Deliveries {
    private static final Logger LOG = Logger.getLogger(Deliveries.class);

    private final Pool pool;

    Deliveries(Pool pool) {
        this.pool = pool;
    }

    /** Takes what is due, each for one attempt and for as long as {@code hold}. */
    Uni<List<DueDelivery>> take(Collection<UUID> leftOut, int most, int mostPerEndpoint, Duration hold) {
        Tuple values = Tuple.of(leftOut.toArray(UUID[]::new), most, mostPerEndpoint, hold.toMillis());
        return pool.preparedQuery(DeliverySql.TAKE).execute(values).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(DueDelivery::of)
                .toList());
    }

    Uni<Void> delivered(DueDelivery delivery, Answer answer, Duration took) {
        Tuple values =
                Tuple.of(delivery.id(), delivery.attempt(), answer.status(), answer.text(), (int) took.toMillis());
        return pool.preparedQuery(DeliverySql.DELIVERED).execute(values).replaceWithVoid();
    }

    /**
     * @param pause until the next try; null if that was the last
     * @param giveUpAfter how long an endpoint may fail
     */
    Uni<Void> failed(DueDelivery delivery, Answer answer, Duration took, Duration pause, Duration giveUpAfter) {
        Tuple values = Tuple.tuple()
                .addValue(delivery.id())
                .addValue(delivery.attempt())
                .addValue(answer.status())
                .addValue(answer.text())
                .addValue(answer.error())
                .addValue((int) took.toMillis())
                .addValue(pause == null ? null : pause.toMillis())
                .addValue(answer.isGoodbye() ? "The receiver answered 410 Gone" : null)
                .addValue(giveUpAfter.toMillis());
        return pool.preparedQuery(DeliverySql.FAILED)
                .execute(values)
                .invoke(rows -> rows.forEach(row -> LOG.warnf(
                        "webhook endpoint switched off: workspace=%s endpoint=%s reason=%s",
                        row.getUUID("workspace_id"), row.getUUID("id"), row.getString("reason"))))
                .replaceWithVoid();
    }

    /** @return how many */
    Uni<Integer> forget(Duration keep) {
        return pool.preparedQuery(DeliverySql.FORGET)
                .execute(Tuple.of(keep.toMillis()))
                .map(rows -> rows.rowCount());
    }
}
