package io.storyreel.api.progress;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.vertx.ext.web.RoutingContext;

import java.util.List;

/**
 * The event after which a stream goes on.
 *
 * @param field where the client names it
 * @param seq 0 for the beginning
 */
record LastSeen(String field, int seq) {
    static final String PARAMETER = "last_event_id";

    private static final String HEADER = "Last-Event-ID";
    private static final int LONGEST_SHOWN = 40;

    /** The header wins: a browser that connects again repeats the address it began with. */
    static LastSeen of(RoutingContext context) {
        String header = context.request().getHeader(HEADER);
        if (header != null) {
            // This is how some clients say that they have seen none yet.
            return header.isEmpty() ? new LastSeen(HEADER, 0) : parse(HEADER, header);
        }
        List<String> query = context.queryParam(PARAMETER);
        return query.isEmpty() ? new LastSeen(PARAMETER, 0) : parse(PARAMETER, query.get(0));
    }

    private static LastSeen parse(String field, String text) {
        try {
            int seq = Integer.parseInt(text);
            if (seq >= 0) {
                return new LastSeen(field, seq);
            }
        } catch (NumberFormatException notANumber) {
            throw refused(field, text);
        }
        throw refused(field, text);
    }

    /** For a number that no event of the job has. */
    ProblemException refused() {
        return refused(field, Integer.toString(seq));
    }

    private static ProblemException refused(String field, String text) {
        String shown = text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
        String message = "must be the number of an event of this job, is \"" + shown + "\"";
        return new ProblemException(
                ProblemCode.INVALID_REQUEST, field + " " + message + ".", List.of(new Violation(field, message)));
    }
}
