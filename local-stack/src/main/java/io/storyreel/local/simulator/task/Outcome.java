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

        /** An input could not be fetched or is no picture; each vendor has its own code for it. */
        public static final String ASSET = "asset";
        /** The vendor's rules forbid the content; each vendor has its own code for it. */
        public static final String CONTENT = "content";
        /** The vendor's own fault. */
        public static final String INTERNAL = "";

        /** One of the three above, as against a code in the vendor's own terms. */
        public boolean isGeneral() {
            return code.equals(ASSET) || code.equals(CONTENT) || code.equals(INTERNAL);
        }
    }

    /** Runs up to 40 % and no further. */
    record Stuck() implements Outcome {}

    static Outcome success() {
        return new Success(Duration.ZERO);
    }
}
