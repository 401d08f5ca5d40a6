package io.storyreel.common.job;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.batch.MicroBatch;

import java.math.BigDecimal;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;

/** Calls that share one statement: how many at once, and how they become the arrays that the statement takes. */
public final class StatementBatch {
    /** Two statements under way: one gathers while the other is being made durable. */
    private static final int LANES = 2;

    private static final int LARGEST_BATCH = 256;
    private static final int MOST_PENDING = 20_000;

    private StatementBatch() {}

    /** An outage is nobody's fault: only other failures are tried again one by one. */
    public static <I, O> MicroBatch<I, O> of(String name, Function<List<I>, Uni<List<O>>> call) {
        return new MicroBatch<>(
                name, LANES, LARGEST_BATCH, MOST_PENDING, failure -> !DatabaseOutage.isOne(failure), call);
    }

    public static <T, V> V[] column(List<T> items, Function<T, V> value, IntFunction<V[]> array) {
        return items.stream().map(value).toArray(array);
    }

    /** As exact text, which the statements cast; null stays null. */
    public static String plain(BigDecimal amount) {
        return amount == null ? null : amount.toPlainString();
    }
}
