package io.storyreel.api.asset;

import io.quarkus.runtime.configuration.MemorySize;
import io.storyreel.api.problem.RequestLimits;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storyboard.AssetReference;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;

/** A file that was received and found good. */
record UploadedFile(Path path, AssetReference reference, FileType type, long size) {
    private static final int CHUNK = 64 * 1024;

    /** Reads the whole file, so this is work for a worker thread. Fails with what is wrong with it. */
    static UploadedFile inspect(Path path, RequestLimits limits) {
        try {
            long size = Files.size(path);
            if (size == 0) {
                throw refused(ProblemCode.UNUSABLE_FILE, "is empty");
            }
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            FileType type;
            try (InputStream stream = new DigestInputStream(Files.newInputStream(path), digest)) {
                byte[] chunk = stream.readNBytes(CHUNK);
                type = requireUsable(Arrays.copyOf(chunk, Math.min(chunk.length, FileType.HEAD)));
                requireSize(type, size, limits);
                stream.transferTo(java.io.OutputStream.nullOutputStream());
            }
            String sha256 = HexFormat.of().formatHex(digest.digest());
            return new UploadedFile(path, new AssetReference(sha256, type.extension()), type, size);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    private static FileType requireUsable(byte[] head) {
        FileType type = FileType.of(head);
        if (type == null) {
            throw refused(
                    ProblemCode.UNUSABLE_FILE,
                    "is neither a picture nor music, whatever its name says; send " + FileType.ALL);
        }
        return type;
    }

    private static void requireSize(FileType type, long size, RequestLimits limits) {
        MemorySize most = type.isImage() ? limits.image() : limits.music();
        if (size > most.asLongValue()) {
            throw refused(
                    ProblemCode.TOO_LARGE,
                    (type.isImage() ? "is a picture and" : "is music and") + " may have at most " + most.asLongValue()
                            + " bytes, has " + size + ": make it smaller");
        }
    }

    private static ProblemException refused(ProblemCode code, String message) {
        return new ProblemException(code, "The file " + message + ".", List.of(new Violation("file", message)));
    }
}
