package io.storyreel.api.idempotency;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.idempotency.Beginning.Answered;
import io.storyreel.api.idempotency.Beginning.Begun;
import io.storyreel.api.idempotency.Beginning.Reused;
import io.storyreel.api.idempotency.Beginning.UnderWay;
import io.vertx.core.buffer.Buffer;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Collection;
import java.util.UUID;

/** The rows of requests with a key. */
@ApplicationScoped
class KeyedRequests {
    /** A row may go between the look that missed it and the next; not so often. */
    private static final int MOST_LOOKS = 5;

    private final Pool pool;
    private final IdempotencySettings settings;

    KeyedRequests(Pool pool, IdempotencySettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /**
     * @param id of key and owner
     * @param request digest of all that the client asked for
     */
    Uni<Beginning> begin(String id, String request) {
        return begin(id, request, MOST_LOOKS);
    }

    private Uni<Beginning> begin(String id, String request, int looks) {
        UUID fresh = UuidCreator.getTimeOrderedEpoch();
        Tuple values = Tuple.of(
                id, request, fresh, settings.hold().toMillis(), settings.kept().toMillis());
        return pool.preparedQuery(KeyedSql.BEGIN).execute(values).chain(rows -> {
            if (rows.size() > 0) {
                Row row = rows.iterator().next();
                UUID reserved = row.getUUID("reserved_id");
                Hold hold = new Hold(
                        id, row.getInteger("attempt"), reserved, !reserved.equals(fresh), row.getBoolean("done"));
                return Uni.createFrom().item(new Begun(hold));
            }
            return besides(id, request, looks);
        });
    }

    private Uni<Beginning> besides(String id, String request, int looks) {
        return pool.preparedQuery(KeyedSql.READ).execute(Tuple.of(id)).chain(rows -> {
            if (rows.size() > 0) {
                return Uni.createFrom().item(seen(rows.iterator().next(), request));
            }
            return looks > 1 ? begin(id, request, looks - 1) : Uni.createFrom().item(new UnderWay(Duration.ZERO));
        });
    }

    private static Beginning seen(Row row, String request) {
        if (!row.getString("request").equals(request)) {
            return new Reused();
        }
        io.vertx.mutiny.core.buffer.Buffer answer = row.getBuffer("answer");
        return answer == null
                ? new UnderWay(Duration.ofMillis(row.getLong("left_ms")))
                : new Answered(row.getInteger("attempt"), answer.getBytes());
    }

    Uni<Void> answer(Hold hold, byte[] sealed) {
        return execute(KeyedSql.ANSWER, Tuple.of(hold.id(), hold.attempt()).addValue(Buffer.buffer(sealed)));
    }

    Uni<Void> giveUp(String id, int attempt) {
        return execute(KeyedSql.GIVE_UP, Tuple.of(id, attempt));
    }

    Uni<Void> forget(Hold hold) {
        return execute(KeyedSql.FORGET, Tuple.of(hold.id(), hold.attempt()));
    }

    Uni<Void> prolong(Collection<Hold> holds) {
        return execute(
                KeyedSql.PROLONG,
                Tuple.of(
                        holds.stream().map(Hold::id).toArray(String[]::new),
                        holds.stream().map(Hold::attempt).toArray(Integer[]::new),
                        settings.hold().toMillis()));
    }

    /** How many were removed. */
    Uni<Integer> removeOld(int most) {
        return pool.preparedQuery(KeyedSql.REMOVE_OLD).execute(Tuple.of(most)).map(rows -> rows.rowCount());
    }

    private Uni<Void> execute(String sql, Tuple values) {
        return pool.preparedQuery(sql).execute(values).replaceWithVoid();
    }
}
