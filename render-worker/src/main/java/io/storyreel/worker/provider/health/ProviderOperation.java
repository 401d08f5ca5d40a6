package io.storyreel.worker.provider.health;

import java.util.Locale;

/** What a provider is asked. */
public enum ProviderOperation {
    SUBMIT,
    FIND,
    POLL,
    CANCEL,
    SPEAK,
    DOWNLOAD;

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }
}
