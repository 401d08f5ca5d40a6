package io.storyreel.worker.provider.http;

import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;

/** A provider's key as it stands in the configuration, which may be no key at all. Never shows itself in logs. */
public final class ProviderKey {
    private final String value;
    private final String missing;

    private ProviderKey(String value, String missing) {
        this.value = value;
        this.missing = missing;
    }

    /**
     * A key may be surrounded by blanks, as it is when it was read from a file; within it there is nothing that a header
     * cannot carry.
     *
     * @param setting the name of the setting as users know it, such as {@code RUNWAYML_API_KEY}
     * @param value null or blank for none
     */
    public static ProviderKey of(String setting, String value) {
        String key = value == null ? "" : value.strip();
        if (key.isEmpty()) {
            return new ProviderKey(null, setting + " is not set: set it to your key");
        }
        if (!key.chars().allMatch(character -> character > ' ' && character < 0x7f)) {
            return new ProviderKey(
                    null,
                    setting
                            + " holds a blank, a line break or a letter that no key has: copy the key again, in one line");
        }
        return new ProviderKey(key, null);
    }

    /** What is wrong with it, naming the setting; null if it can be sent. */
    public String missing() {
        return missing;
    }

    public boolean usable() {
        return missing == null;
    }

    /**
     * The value of an Authorization header.
     *
     * @param scheme such as {@code Bearer}
     * @throws ProviderRefusedException if there is no key that can be sent
     */
    public String as(String scheme) {
        return scheme + " " + bare();
    }

    /**
     * The value of a header that holds nothing but the key.
     *
     * @throws ProviderRefusedException if there is no key that can be sent
     */
    public String bare() {
        if (!usable()) {
            throw new ProviderRefusedException(Reason.ACCESS, missing);
        }
        return value;
    }

    @Override
    public String toString() {
        return usable() ? "a key" : missing;
    }
}
