package io.storyreel.common.ledger;

import java.util.Locale;

/** What is bought from a provider. */
public enum Purpose {
    VIDEO,
    CLIP,
    SPEECH,
    IMAGE;

    /** The name in rows. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    static Purpose of(String wireName) {
        return valueOf(wireName.toUpperCase(Locale.ROOT));
    }
}
