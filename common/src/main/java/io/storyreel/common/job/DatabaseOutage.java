package io.storyreel.common.job;

import io.storyreel.common.batch.OverloadedException;
import io.vertx.pgclient.PgException;

import java.util.Set;

/** Tells a database that is away, starting, stopping or overrun from a statement that will never succeed. */
public final class DatabaseOutage {
    /** Classes of SQLSTATE: connection, transaction rolled back, out of resources, operator intervention. */
    private static final Set<String> CLASSES = Set.of("08", "40", "53", "57");

    private DatabaseOutage() {}

    /** True if the same statement may succeed a little later. */
    public static boolean isOne(Throwable failure) {
        if (failure instanceof PgException answered) {
            String state = answered.getSqlState();
            return state != null && state.length() == 5 && CLASSES.contains(state.substring(0, 2));
        }
        // Lost connections come as various exceptions of the driver; our own mistakes come as these.
        return !(failure instanceof LeaseLostException
                || failure instanceof OverloadedException
                || failure instanceof IllegalArgumentException
                || failure instanceof IllegalStateException
                || failure instanceof NullPointerException
                || failure instanceof ClassCastException);
    }
}
