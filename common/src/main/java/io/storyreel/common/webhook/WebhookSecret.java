package io.storyreel.common.webhook;

import java.security.SecureRandom;
import java.util.Base64;

/**
 * What a receiver proves our signature with, in the form of Standard Webhooks: {@code whsec_} and 24 to 64 bytes in
 * base64.
 */
public record WebhookSecret(String text) {
    private static final String PREFIX = "whsec_";
    private static final int BYTES = 32;

    public WebhookSecret {
        if (!text.startsWith(PREFIX)) {
            throw new IllegalArgumentException("a webhook secret begins with " + PREFIX);
        }
    }

    public static WebhookSecret random(SecureRandom random) {
        byte[] key = new byte[BYTES];
        random.nextBytes(key);
        return new WebhookSecret(PREFIX + Base64.getEncoder().encodeToString(key));
    }

    public byte[] key() {
        return Base64.getDecoder().decode(text.substring(PREFIX.length()));
    }

    /** Not the secret: it would end in a log sooner or later. */
    @Override
    public String toString() {
        return PREFIX + "…";
    }
}
