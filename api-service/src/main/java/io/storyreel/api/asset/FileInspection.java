package io.storyreel.api.asset;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storyboard.AssetReference;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;

/**
 * Looks at a file while it passes: its kind by its first bytes, its size, its digest. The one place that tells which files
 * are taken, however they come. Not for several threads at once.
 */
final class FileInspection {
    private final long size;
    private final FileLimits limits;
    private final MessageDigest digest;
    private final byte[] head = new byte[FileType.HEAD];
    private long seen;
    private FileType type;

    /** @param size in bytes, as many as will be shown */
    FileInspection(long size, FileLimits limits) {
        if (size == 0) {
            throw refused(ProblemCode.UNUSABLE_FILE, "is empty");
        }
        this.size = size;
        this.limits = limits;
        try {
            this.digest = MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }

    /** Shows the next {@code length} bytes, which begin those of {@code chunk}. Fails as soon as the file cannot be taken. */
    void show(byte[] chunk, int length) {
        if (seen < head.length) {
            System.arraycopy(chunk, 0, head, (int) seen, (int) Math.min(length, head.length - seen));
        }
        seen += length;
        if (type == null && (seen >= head.length || seen >= size)) {
            type = requireUsable(seen >= head.length ? FileType.of(head) : null);
            limits.require(type, size, "file");
        }
        digest.update(chunk, 0, length);
    }

    /** After the last byte. */
    InspectedFile end() {
        if (seen != size || type == null) {
            throw new IllegalStateException("a file of " + size + " bytes ended after " + seen);
        }
        String sha256 = HexFormat.of().formatHex(digest.digest());
        return new InspectedFile(new AssetReference(sha256, type.extension()), type, size);
    }

    private static FileType requireUsable(FileType type) {
        if (type == null) {
            throw refused(
                    ProblemCode.UNUSABLE_FILE,
                    "is neither a picture nor music, whatever its name says; send " + FileType.ALL);
        }
        return type;
    }

    private static ProblemException refused(ProblemCode code, String message) {
        return refused(code, "file", message);
    }

    /** @param field what of the request is to blame */
    static ProblemException refused(ProblemCode code, String field, String message) {
        return new ProblemException(code, "The file " + message + ".", List.of(new Violation(field, message)));
    }
}
