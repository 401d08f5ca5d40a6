package io.storyreel.local.simulator.call;

import java.util.Locale;
import java.util.Optional;

/** What a call is for. */
public enum CallKind {
    /** Asks for work and may cost money. */
    SUBMIT,
    POLL,
    CANCEL,
    DOWNLOAD,
    /** Account, capabilities, uploads and the like. */
    OTHER;

    public String word() {
        return name().toLowerCase(Locale.ROOT);
    }

    public static Optional<CallKind> named(String word) {
        for (var kind : values()) {
            if (kind.word().equals(word)) {
                return Optional.of(kind);
            }
        }
        return Optional.empty();
    }
}
