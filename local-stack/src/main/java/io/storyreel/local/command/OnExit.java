package io.storyreel.local.command;

import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;

/**
 * What must be undone when the command ends, in reverse order, exactly once, whether it ends by itself or by a signal.
 */
final class OnExit implements AutoCloseable {

    /** One thing to undo. */
    @FunctionalInterface
    interface Action {
        void run() throws IOException;
    }

    private final Terminal terminal;
    private final Deque<Action> actions = new ArrayDeque<>();
    private volatile boolean signalled;
    private boolean closed;

    OnExit(Terminal terminal) {
        this.terminal = terminal;
        Runtime.getRuntime().addShutdownHook(new Thread(this::onSignal, "end of the command"));
    }

    /** When the command is already ending, the action is run at once. */
    synchronized void add(Action action) {
        if (closed) {
            run(action);
        } else {
            actions.push(action);
        }
    }

    /** True from the moment a signal has come: what fails from then on fails because of it. */
    boolean signalled() {
        return signalled;
    }

    private void onSignal() {
        synchronized (this) {
            if (closed) {
                return;
            }
        }
        signalled = true;
        close();
    }

    @Override
    public synchronized void close() {
        closed = true;
        while (!actions.isEmpty()) {
            run(actions.pop());
        }
    }

    private void run(Action action) {
        try {
            action.run();
        } catch (IOException | RuntimeException e) {
            terminal.complain("while tidying up: " + e.getMessage());
        }
    }
}
