package io.storyreel.system;

import java.math.BigDecimal;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

/** The highest value that an amount has had while it was read over and over. */
final class HighWater implements AutoCloseable {
    private static final long PAUSE_MILLIS = 20;

    private final ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor();
    private final ScheduledFuture<?> readings;
    private volatile BigDecimal highest = BigDecimal.ZERO;
    private final AtomicInteger samples = new AtomicInteger();

    private HighWater(Callable<BigDecimal> amount) {
        readings = clock.scheduleWithFixedDelay(() -> read(amount), 0, PAUSE_MILLIS, TimeUnit.MILLISECONDS);
    }

    static HighWater of(Callable<BigDecimal> amount) {
        return new HighWater(amount);
    }

    private void read(Callable<BigDecimal> amount) {
        try {
            highest = amount.call().max(highest);
            samples.incrementAndGet();
        } catch (Exception e) {
            throw new IllegalStateException("the amount could not be read", e);
        }
    }

    /** Ends the readings; fails if one of them did. */
    BigDecimal highest() throws ExecutionException, InterruptedException {
        if (!readings.cancel(false)) {
            readings.get();
        }
        return highest;
    }

    int samples() {
        return samples.get();
    }

    @Override
    public void close() {
        clock.shutdownNow();
    }
}
