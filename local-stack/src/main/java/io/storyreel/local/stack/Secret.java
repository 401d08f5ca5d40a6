package io.storyreel.local.stack;

import io.storyreel.local.server.PrivateFile;

import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import java.io.IOException;
import java.nio.file.Files;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.Base64;
import java.util.HexFormat;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The one secret of an installation: signs tokens, and every password of the embedded servers is derived from it. */
public record Secret(String text) {

    private static final int SHORTEST = 32;
    private static final int RANDOM_BYTES = 48;

    /**
     * Reads the installation's secret, or makes it the first time.
     *
     * @throws IOException also when the secret is gone while the database whose password it holds is not
     */
    public static Secret of(StackDirectory directory) throws IOException {
        var file = directory.secret();
        if (Files.exists(file)) {
            var text = Files.readString(file, UTF_8).strip();
            if (text.length() < SHORTEST) {
                throw new IOException(
                        file + " holds " + text.length() + " characters, at least " + SHORTEST + " are needed");
            }
            return new Secret(text);
        }
        if (Files.exists(directory.postgres())) {
            throw new IOException(file + " is missing, but the database made with it is there. Put the file back, or"
                    + " delete " + directory.root() + " to start afresh (this deletes all projects and videos)");
        }
        var random = new byte[RANDOM_BYTES];
        new SecureRandom().nextBytes(random);
        var secret = new Secret(Base64.getUrlEncoder().withoutPadding().encodeToString(random));
        PrivateFile.write(file, secret.text + "\n");
        return secret;
    }

    /** Another secret for one purpose; the same each time. */
    public String derive(String purpose) {
        return HexFormat.of().formatHex(sign(purpose)).substring(0, 40);
    }

    /** HMAC-SHA256. */
    byte[] sign(String content) {
        try {
            var mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(text.getBytes(UTF_8), "HmacSHA256"));
            return mac.doFinal(content.getBytes(UTF_8));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has HmacSHA256", e);
        }
    }

    /** Kept out of logs. */
    @Override
    public String toString() {
        return "Secret";
    }
}
