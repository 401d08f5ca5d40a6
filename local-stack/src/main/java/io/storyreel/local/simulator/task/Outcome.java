package io.storyreel.local.simulator.task;

import java.time.Duration;

/** How a task will end, decided when it is accepted. */
public sealed interface Outcome {

    /** @param later how much longer than its pace it takes */
    record Success(Duration later) implements Outcome {}

    /**
     * @param code in the vendor's terms; empty for its plain internal fault
     * @param charged whether the vendor keeps the money
     */
    record Failure(String code, String message, boolean charged) implements Outcome {

        /** An input is no picture or cannot be used; each vendor has its own code for it, as for all below. */
        public static final String ASSET = "asset";
        /** An input could not be fetched. */
        public static final String UNREACHABLE = "unreachable";
        /** A text takes longer to speak than it may. */
        public static final String TOO_LONG = "too_long";
        /** The vendor's rules forbid the content. */
        public static final String CONTENT = "content";
        /** The vendor's own fault. */
        public static final String INTERNAL = "";
    }

    /** Runs up to 40 % and no further. */
    record Stuck() implements Outcome {}

    static Outcome success() {
        return new Success(Duration.ZERO);
    }
}
