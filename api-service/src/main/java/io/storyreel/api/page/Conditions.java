package io.storyreel.api.page;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;

import java.util.Arrays;

/** The conditions of requests that name entity tags (RFC 9110, section 13). */
public final class Conditions {
    private Conditions() {}

    /**
     * Whether If-None-Match names the tag.
     *
     * @param header null if it was not sent
     * @param tag with its quotes
     */
    public static boolean names(String header, String tag) {
        return header != null
                && Arrays.stream(header.split(","))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(tag) || one.equals("W/" + tag));
    }

    /** Fails unless If-Match names the tag; one that was not sent demands nothing. */
    public static void requireMatch(String header, String tag) {
        boolean matches = header == null
                || Arrays.stream(header.split(","))
                        .map(String::strip)
                        .anyMatch(one -> one.equals("*") || one.equals(tag));
        if (!matches) {
            throw new ProblemException(
                    ProblemCode.STALE_VERSION,
                    "It is " + tag + " by now, and was meant to be " + shown(header) + ": read it again, then repeat.");
        }
    }

    private static String shown(String header) {
        return header.length() <= 100 ? header : header.substring(0, 100) + "…";
    }
}
