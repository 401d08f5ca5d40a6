package io.storyreel.local.simulator.frame;

import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.log.Purchase;

/** A call while it is answered: the fault it meets, and what the vendor wants to be remembered of it. */
public final class Call {

    private final Fault fault;
    private String task;
    private Purchase purchase;
    private boolean replayed;

    Call(Fault fault, String task) {
        this.fault = fault;
        this.task = task;
    }

    /** {@link Fault#NONE} when all goes well. Faults of the wire have been dealt with already. */
    public Fault fault() {
        return fault;
    }

    /** Names the task the call is about or has made. */
    public void concerns(String id) {
        task = id;
    }

    /** Tells that the call has bought something. */
    public void bought(Purchase what) {
        purchase = what;
    }

    /** Tells that the call repeats an earlier one by its idempotency key, and bought nothing. */
    public void repeats() {
        replayed = true;
    }

    String task() {
        return task;
    }

    Purchase purchase() {
        return purchase;
    }

    public boolean isRepeated() {
        return replayed;
    }
}
