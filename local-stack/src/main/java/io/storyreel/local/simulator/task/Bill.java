package io.storyreel.local.simulator.task;

import java.math.BigDecimal;

/** What one purchase costs. Outlives the task it is for. */
public final class Bill {

    private final BigDecimal price;
    private volatile BigDecimal charged = BigDecimal.ZERO;
    private volatile String state = "open";

    /** @param price the most that will be charged, in USD */
    public Bill(BigDecimal price) {
        this.price = price;
    }

    /** A bill of something delivered at once. */
    public static Bill paid(BigDecimal price) {
        var bill = new Bill(price);
        bill.settle(price, Phase.SUCCEEDED);
        return bill;
    }

    void settle(BigDecimal amount, Phase phase) {
        charged = amount;
        state = phase.word();
    }

    public BigDecimal price() {
        return price;
    }

    /** USD; zero until the task has succeeded, unless the vendor charges for the way it ended. */
    public BigDecimal charged() {
        return charged;
    }

    /** {@code open}, or how the task ended. */
    public String state() {
        return state;
    }
}
