package io.storyreel.local.simulator.task;

import java.io.IOException;

/** The media of a task cannot be made, through no fault of the simulator. */
public final class WorkFailed extends IOException {

    private static final long serialVersionUID = 1L;

    private final String code;

    /** @param code one of the general ones of {@link Outcome.Failure} */
    public WorkFailed(String code, String message) {
        super(message);
        this.code = code;
    }

    String code() {
        return code;
    }
}
