package io.storyreel.local.command;

import java.util.List;

/** Ends a command with a message for people and an exit code for programs. */
public final class Failure extends Exception {

    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> details;

    private Failure(int exitCode, String message, List<String> details, Throwable cause) {
        super(message, cause);
        this.exitCode = exitCode;
        this.details = List.copyOf(details);
    }

    public static Failure badInput(String message) {
        return badInput(message, List.of());
    }

    public static Failure badInput(String message, List<String> details) {
        return new Failure(ExitCode.BAD_INPUT, message, details, null);
    }

    public static Failure unreachable(String message, List<String> details, Throwable cause) {
        return new Failure(ExitCode.UNREACHABLE, message, details, cause);
    }

    public static Failure renderFailed(String message, List<String> details) {
        return new Failure(ExitCode.RENDER_FAILED, message, details, null);
    }

    public static Failure cancelled(String message) {
        return new Failure(ExitCode.CANCELLED, message, List.of(), null);
    }

    public int exitCode() {
        return exitCode;
    }

    /** Further lines, such as one per bad field. */
    public List<String> details() {
        return details;
    }
}
