package io.storyreel.worker.speech;

import io.storyreel.worker.provider.http.ProviderAddress;
import io.storyreel.worker.provider.http.ProviderKey;

import java.net.URI;

/** What a setting must be like before anything is sent with it. Messages name the setting, never its value. */
public final class SettingCheck {
    private SettingCheck() {}

    /** @param value null or blank if it is not set, which is no fault before somebody is to speak */
    public static void key(String setting, String value) {
        ProviderKey key = ProviderKey.of(setting, value);
        if (value != null && !value.isBlank() && !key.usable()) {
            throw new IllegalArgumentException(key.missing());
        }
    }

    /** @param value to which a key is sent that must not be overheard */
    public static void secureAddress(String setting, String value) {
        ProviderAddress address = ProviderAddress.of(setting, value);
        if (address.missing() != null) {
            throw new IllegalArgumentException(address.missing());
        }
    }

    /** @param value of a server that may be one's own, in a network of one's own */
    public static void address(String setting, String value) {
        if (!isAddress(value)) {
            throw new IllegalArgumentException(
                    setting + " is not an address: set it to http:// or https://, a host, and nothing after a \"?\"");
        }
    }

    private static boolean isAddress(String value) {
        try {
            URI address = URI.create(value);
            return ("https".equalsIgnoreCase(address.getScheme()) || "http".equalsIgnoreCase(address.getScheme()))
                    && address.getHost() != null
                    && address.getRawUserInfo() == null
                    && address.getRawQuery() == null
                    && address.getRawFragment() == null;
        } catch (IllegalArgumentException unreadable) {
            return false;
        }
    }
}
