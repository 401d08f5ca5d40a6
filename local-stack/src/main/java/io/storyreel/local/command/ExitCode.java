package io.storyreel.local.command;

/** What the command's exit code says; part of its interface, shown by {@code --help}. */
public final class ExitCode {

    public static final int OK = 0;
    /** The render itself failed, or its file could not be fetched. */
    public static final int RENDER_FAILED = 1;
    /** Wrong usage or bad input: nothing was started. */
    public static final int BAD_INPUT = 2;
    /** The server does not answer, or the stack cannot be started. */
    public static final int UNREACHABLE = 3;
    /** Cancelled, by Ctrl-C or by somebody else. */
    public static final int CANCELLED = 130;

    private ExitCode() {}
}
