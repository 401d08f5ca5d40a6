package io.storyreel.local.doctor;

/**
 * What was found about one thing Storyreel needs.
 *
 * @param advice what to do about it, empty when all is well
 */
public record Finding(Verdict verdict, String subject, String found, String advice) {

    /** From well to unusable. */
    public enum Verdict {
        OK,
        WARNING,
        PROBLEM
    }

    static Finding ok(String subject, String found) {
        return new Finding(Verdict.OK, subject, found, "");
    }

    static Finding warning(String subject, String found, String advice) {
        return new Finding(Verdict.WARNING, subject, found, advice);
    }

    static Finding problem(String subject, String found, String advice) {
        return new Finding(Verdict.PROBLEM, subject, found, advice);
    }
}
