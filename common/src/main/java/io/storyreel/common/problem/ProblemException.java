package io.storyreel.common.problem;

import java.util.List;

/** A failure that the client is told about as it is. It is expected, so it carries no stack trace. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of());
    }

    public ProblemException(ProblemCode code, String detail, List<Violation> errors) {
        super(code.wireName() + ": " + detail, null, false, false);
        this.problem = Problem.of(code, detail, errors);
    }

    public Problem problem() {
        return problem;
    }
}
