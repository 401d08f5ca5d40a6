package io.storyreel.api.idempotency;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;

import java.util.List;

/** A client's own name of a request. */
record IdempotencyKey(String text) {
    private static final String FIELD = KeyedOperations.HEADER;

    /** @param values of the header, at least one; fails with what is wrong with them */
    static IdempotencyKey of(List<String> values) {
        if (values.size() > 1) {
            throw refused("is there " + values.size() + " times: send it once");
        }
        String text = values.get(0);
        if (text.isEmpty() || text.length() > KeyedOperations.LONGEST_KEY) {
            throw refused("must have 1 to " + KeyedOperations.LONGEST_KEY + " characters, has " + text.length());
        }
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) < ' ' || text.charAt(i) > '~') {
                throw refused("must be printable ASCII, has U+%04X at %d".formatted((int) text.charAt(i), i + 1));
            }
        }
        return new IdempotencyKey(text);
    }

    private static ProblemException refused(String message) {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST,
                "The header " + FIELD + " " + message + ".",
                List.of(new Violation(FIELD, message)));
    }
}
