package io.storyreel.worker.fetch;

import io.storyreel.common.provider.TextDigest;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256 of files and texts, 64 hex digits. */
public final class FileDigest {
    private FileDigest() {}

    /** Reads the whole file; blocks. */
    public static String of(Path file) throws IOException {
        MessageDigest digest = sha256();
        try (var sink = new DigestOutputStream(OutputStream.nullOutputStream(), digest)) {
            Files.copy(file, sink);
        }
        return hex(digest);
    }

    /** Of several texts, as {@link TextDigest#of}. */
    public static String of(String... texts) {
        return TextDigest.of(texts);
    }

    static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    static String hex(MessageDigest digest) {
        return HexFormat.of().formatHex(digest.digest());
    }
}
