package io.storyreel.api.budget;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;

import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.List;

/**
 * Days in UTC.
 *
 * @param to the last day, which belongs to it
 */
record CostPeriod(LocalDate from, LocalDate to) {
    private static final int MOST_DAYS = 366;

    /**
     * As asked for: without a last day up to today, without a first day from the first of the last day's month.
     *
     * @param from null if not asked for, and so is {@code to}
     */
    static CostPeriod of(LocalDate from, LocalDate to, LocalDate today) {
        LocalDate last = to == null ? today : to;
        LocalDate first = from == null ? last.withDayOfMonth(1) : from;
        if (last.isBefore(first)) {
            throw refused("from", "must not be after to, which is " + last + ", is " + first);
        }
        long days = ChronoUnit.DAYS.between(first, last) + 1;
        if (days > MOST_DAYS) {
            throw refused("from", "must be at most " + MOST_DAYS + " days before to, the period has " + days + " days");
        }
        return new CostPeriod(first, last);
    }

    OffsetDateTime start() {
        return from.atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    /** The first moment after it. */
    OffsetDateTime end() {
        return to.plusDays(1).atStartOfDay().atOffset(ZoneOffset.UTC);
    }

    private static ProblemException refused(String field, String message) {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST, field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
