package io.storyreel.api.page;

import java.util.List;
import java.util.function.Function;

/**
 * A part of a list.
 *
 * @param nextCursor where the next part begins, or null if this is the last
 */
public record Page<T>(List<T> items, String nextCursor) {

    /** Of one row more than wanted: the surplus row only tells that there is more. */
    public static <T> Page<T> of(List<T> rows, Listing asked, Function<T, Cursor> cursor) {
        if (rows.size() <= asked.limit()) {
            return new Page<>(rows, null);
        }
        List<T> items = rows.subList(0, asked.limit());
        return new Page<>(items, cursor.apply(items.get(asked.limit() - 1)).text(asked.list()));
    }

    public <R> Page<R> map(Function<T, R> change) {
        return new Page<>(items.stream().map(change).toList(), nextCursor);
    }
}
