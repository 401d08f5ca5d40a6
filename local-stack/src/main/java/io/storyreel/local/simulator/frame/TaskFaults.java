package io.storyreel.local.simulator.frame;

import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.task.Outcome;

import java.time.Duration;

/** How a task ends that meets a fault. */
public final class TaskFaults {

    private static final Duration LATE = Duration.ofSeconds(60);

    private TaskFaults() {}

    /** @param failureText what the vendor says of an internal fault */
    public static Outcome outcome(Fault fault, String failureText) {
        return switch (fault.kind()) {
            case STUCK -> new Outcome.Stuck();
            case LATE_RESULT -> new Outcome.Success(fault.duration(LATE));
            case FAIL -> new Outcome.Failure(fault.code(), fault.message(failureText), fault.flag("charged"));
            case REFUSAL ->
                new Outcome.Failure(
                        fault.code().isEmpty() ? Outcome.Failure.CONTENT : fault.code(),
                        fault.message("The content was flagged by our moderation."),
                        fault.flag("charged"));
            default -> Outcome.success();
        };
    }
}
