package io.storyreel.local.simulator.log;

import java.math.BigDecimal;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.Predicate;

/** What was called, oldest first. Purchases are kept longer than calls, so that sums stay right under heavy polling. */
public final class CallLog {

    private static final int MOST_CALLS = 50_000;
    private static final int MOST_PURCHASES = 50_000;

    private final ArrayDeque<CallEntry> calls = new ArrayDeque<>();
    private final ArrayDeque<CallEntry> purchases = new ArrayDeque<>();
    private final TreeMap<String, Long> perProvider = new TreeMap<>();
    private long numbers;
    private long dropped;

    /** Sums over one vendor since the last reset; money in USD. */
    public record Totals(long calls, long purchases, BigDecimal charged) {}

    /** @param entry made from the next number */
    public synchronized void add(Function<Long, CallEntry> entry) {
        var made = entry.apply(++numbers);
        var kept = made.purchase() == null ? calls : purchases;
        kept.addLast(made);
        perProvider.merge(made.provider(), 1L, Long::sum);
        if (kept.size() > (kept == calls ? MOST_CALLS : MOST_PURCHASES)) {
            kept.removeFirst();
            dropped++;
        }
    }

    public synchronized List<CallEntry> all(Predicate<CallEntry> wanted) {
        var found = new ArrayList<CallEntry>();
        calls.stream().filter(wanted).forEach(found::add);
        purchases.stream().filter(wanted).forEach(found::add);
        found.sort((one, other) -> Long.compare(one.number(), other.number()));
        return found;
    }

    public synchronized List<CallEntry> purchases() {
        return List.copyOf(purchases);
    }

    /** Entries too old to be kept. */
    public synchronized long dropped() {
        return dropped;
    }

    public synchronized Totals totals(String provider) {
        var own = purchases.stream()
                .filter(entry -> entry.provider().equals(provider))
                .toList();
        var charged =
                own.stream().map(entry -> entry.purchase().bill().charged()).reduce(BigDecimal.ZERO, BigDecimal::add);
        return new Totals(perProvider.getOrDefault(provider, 0L), own.size(), charged);
    }

    public synchronized void clear() {
        calls.clear();
        purchases.clear();
        perProvider.clear();
        dropped = 0;
    }
}
