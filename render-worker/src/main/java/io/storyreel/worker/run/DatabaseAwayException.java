package io.storyreel.worker.run;

import java.time.Duration;

/** The database stayed away for longer than the worker waits for it. */
public final class DatabaseAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    DatabaseAwayException(Duration patience, Throwable lastCause) {
        super("database away for more than %d s: %s".formatted(patience.toSeconds(), lastCause), lastCause);
    }
}
