package io.storyreel.api.project;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;

/** Makes sure that what is decided of a storyboard is done to the one that was looked at. */
public final class SameStoryboard {
    private SameStoryboard() {}

    /**
     * @param meant digest of the storyboard that was looked at; null if whatever it is by now will do
     * @param present digest of the one that there is
     */
    public static void require(String meant, String present) {
        if (meant != null && !meant.equals(present)) {
            throw new ProblemException(
                    ProblemCode.STALE_VERSION, "The storyboard was changed meanwhile: look at it, then repeat.");
        }
    }
}
