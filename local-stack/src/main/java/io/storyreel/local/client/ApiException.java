package io.storyreel.local.client;

/** The server refused a call; the message is its own explanation. */
public final class ApiException extends Exception {

    private static final long serialVersionUID = 1L;

    private final transient Problem problem;

    public ApiException(Problem problem) {
        super(problem.detail());
        this.problem = problem;
    }

    public Problem problem() {
        return problem;
    }
}
