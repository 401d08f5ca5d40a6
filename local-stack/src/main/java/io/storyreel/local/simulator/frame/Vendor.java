package io.storyreel.local.simulator.frame;

import io.storyreel.local.simulator.call.Subject;
import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Request;

import java.util.Optional;
import java.util.concurrent.CompletionStage;

/** One vendor's protocol. Called by several threads at once. */
public interface Vendor {

    /** In faults, settings and the log; also the first segment of its paths. */
    String name();

    /** What the call is about; must not change anything. Downloads need no key. */
    Subject subject(Request request);

    /** Whether the key has this vendor's shape. */
    boolean authorized(Request request);

    Answer unauthorized();

    /** Blocks for milliseconds at most; what takes longer comes later. */
    CompletionStage<Answer> answer(Request request, Call call);

    /**
     * The vendor's way to say that it cannot.
     *
     * @param fault may bring a code and a message of its own
     */
    Answer failure(int status, Fault fault);

    /** The vendor's way to say that there is no credit left. */
    Answer quotaExhausted(Fault fault);

    /** Empty for a vendor that answers at once. */
    default Optional<TaskLine> tasks() {
        return Optional.empty();
    }
}
