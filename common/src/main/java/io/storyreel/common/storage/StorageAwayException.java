package io.storyreel.common.storage;

import java.time.Duration;

/** The object store stayed away, or in trouble, for longer than {@link StorageSettings#patience}. */
public final class StorageAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public StorageAwayException(Duration patience, Throwable lastCause) {
        super("object store away for more than %d s: %s".formatted(patience.toSeconds(), lastCause), lastCause);
    }
}
