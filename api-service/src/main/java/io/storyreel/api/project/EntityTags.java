package io.storyreel.api.project;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;

import java.util.Arrays;

/** Makes sure that a change is made to the version its author has seen. */
final class EntityTags {
    private EntityTags() {}

    /** @param ifMatch the header, or null if there was none */
    static void check(String ifMatch, int version) {
        if (ifMatch == null) {
            throw new ProblemException(
                    ProblemCode.PRECONDITION_REQUIRED,
                    "Send the ETag of the version you have read as If-Match, so that nobody's change is lost.");
        }
        String tag = "\"" + version + "\"";
        boolean matches = Arrays.stream(ifMatch.split(","))
                .map(String::strip)
                .anyMatch(one -> one.equals("*") || one.equals(tag));
        if (!matches) {
            throw new ProblemException(
                    ProblemCode.STALE_VERSION,
                    "The project has version " + tag + " by now, the change was meant for " + ifMatch
                            + ": read it again, then repeat.");
        }
    }
}
