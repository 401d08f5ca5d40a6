package io.storyreel.common.problem;

import java.util.List;
import java.util.Map;

/** A failure that the client is told about as it is. It is expected, so it carries no stack trace. */
public final class ProblemException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ProblemException(ProblemCode code, String detail) {
        this(code, detail, List.of());
    }

    public ProblemException(ProblemCode code, String detail, List<Violation> errors) {
        this(Problem.of(code, detail, errors));
    }

    /** @param members what else a program should know, by the names on the wire */
    public ProblemException(ProblemCode code, String detail, Map<String, Object> members) {
        this(Problem.of(code, detail, List.of(), members));
    }

    private ProblemException(Problem problem) {
        super(problem.code() + ": " + problem.detail(), null, false, false);
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
