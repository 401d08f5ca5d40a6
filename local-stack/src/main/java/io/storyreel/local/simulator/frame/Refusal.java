package io.storyreel.local.simulator.frame;

import io.storyreel.local.simulator.wire.Answer;

/** A request that a vendor answers with an error, in its own words. */
public abstract class Refusal extends Exception {

    private static final long serialVersionUID = 1L;

    protected Refusal(String message) {
        super(message);
    }

    public abstract Answer answer();
}
