package io.storyreel.worker.provider;

import java.math.BigDecimal;

/** Carries what was charged for something that failed all the same to the ledger; the cause is what went wrong. */
public final class ChargedException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final BigDecimal cost;

    /** @param cost in USD, exact; null if it may have been charged and nobody can say */
    public ChargedException(BigDecimal cost, Throwable cause) {
        super(cause.getMessage(), cause, false, false);
        this.cost = cost;
    }

    public BigDecimal cost() {
        return cost;
    }

    /** Whether nobody can say what it was charged. */
    static boolean isDoubtful(Throwable failure) {
        return failure instanceof ChargedException charged && charged.cost == null;
    }

    /** Whether it was made, or may have been, and has not arrived as it should; it is not our own fault then. */
    static boolean hasBroughtNothing(Throwable failure) {
        return failure instanceof ChargedException charged
                && (charged.getCause() instanceof ResultLostException
                        || charged.getCause() instanceof BrokenResultException);
    }

    static BigDecimal costOf(Throwable failure) {
        return failure instanceof ChargedException charged ? charged.cost : BigDecimal.ZERO;
    }

    /** What went wrong. */
    public static Throwable reasonOf(Throwable failure) {
        return failure instanceof ChargedException ? failure.getCause() : failure;
    }
}
