package io.storyreel.api.idempotency;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;

import java.util.UUID;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * The id of what a request makes. Usually a new one; but for a request with an Idempotency-Key it was written down before
 * anything was done, and every repetition gets the same. Whoever makes something under it ({@link #madeOr}), with a unique
 * key on the id, therefore makes it once, whatever instance dies at whatever moment. Work that makes nothing with an id
 * says in its transaction that it is done ({@link #done}), and is not begun again ({@link #isDone}).
 *
 * <p>To be asked for before the first asynchronous step: it is bound to the request's context.
 */
public final class ReservedId {
    private static final String LOCAL = ReservedId.class.getName();

    private final UUID value;
    private final Hold hold;
    private volatile boolean found;

    private ReservedId(UUID value, Hold hold) {
        this.value = value;
        this.hold = hold;
    }

    static ReservedId of(Hold hold) {
        return new ReservedId(hold.reservedId(), hold);
    }

    /** That of the request on whose context this runs. */
    public static ReservedId current() {
        Context context = Vertx.currentContext();
        ReservedId reserved = context == null ? null : context.getLocal(LOCAL);
        return reserved == null ? new ReservedId(UuidCreator.getTimeOrderedEpochFast(), null) : reserved;
    }

    void bindTo(Context context) {
        context.putLocal(LOCAL, this);
    }

    public UUID value() {
        return value;
    }

    /**
     * What an earlier try of this request has made, else what {@code make} makes. Without an earlier try nothing is
     * looked for.
     *
     * @param find answers null if there is nothing under the id
     */
    public <T> Uni<T> madeOr(Function<UUID, Uni<T>> find, Supplier<Uni<T>> make) {
        if (hold == null || !hold.repeated()) {
            return make.get();
        }
        // The earlier try may even be alive and just slow: what stands in the way of this one may be what it made.
        return find(find).onItem().ifNull().switchTo(() -> make.get()
                .onFailure()
                .recoverWithUni(failure -> find(find)
                        .onFailure()
                        .recoverWithNull()
                        .onItem()
                        .ifNull()
                        .failWith(failure)));
    }

    private <T> Uni<T> find(Function<UUID, Uni<T>> find) {
        return find.apply(value).onItem().ifNotNull().invoke(() -> found = true);
    }

    /** Whether an earlier try of this request has done the work, so that only the answer is to be made. */
    public boolean isDone() {
        return hold != null && hold.done();
    }

    /** To be said in the transaction of the work. Fails, and with it the transaction, if another try has taken over. */
    public Uni<Void> done(SqlClient transaction) {
        if (hold == null) {
            return Uni.createFrom().voidItem();
        }
        return transaction
                .preparedQuery(KeyedSql.DONE)
                .execute(Tuple.of(hold.id(), hold.attempt()))
                .invoke(rows -> {
                    if (rows.rowCount() == 0) {
                        throw new ProblemException(
                                ProblemCode.IDEMPOTENCY_KEY_IN_USE,
                                "This took so long that a repetition with the same Idempotency-Key has taken over:"
                                        + " repeat it to get its answer.");
                    }
                })
                .replaceWithVoid();
    }

    /** Whether the answer tells of what an earlier try has made. */
    boolean wasFound() {
        return found || isDone();
    }
}
