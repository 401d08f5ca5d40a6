package io.storyreel.worker.fetch;

import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;

import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Map;

/**
 * What has arrived of a file, over one connection or several. A later connection continues where the one before broke
 * off if the server still has the same file, and starts over if it has not. Used by one connection at a time.
 */
final class PartialFile {
    private static final long UNKNOWN = -1;

    private final Path path;
    private final FileRules rules;
    private final MessageDigest digest = FileDigest.sha256();
    private Buffer head = Buffer.buffer();
    private boolean recognised;
    private long size;
    private long total = UNKNOWN;
    private String etag;
    private String lastModified;
    private volatile boolean unwanted;

    PartialFile(Path path, FileRules rules) {
        this.path = path;
        this.rules = rules;
    }

    Path path() {
        return path;
    }

    long size() {
        return size;
    }

    String sha256() {
        return FileDigest.hex(digest);
    }

    /** Nobody waits for the file any more: who has it open removes it. */
    void giveUp() {
        unwanted = true;
    }

    boolean isUnwanted() {
        return unwanted;
    }

    /** Forgets what has arrived. */
    void startOver() {
        digest.reset();
        head = Buffer.buffer();
        recognised = false;
        size = 0;
        total = UNKNOWN;
        etag = null;
        lastModified = null;
    }

    /** Whether a server can tell that it still has the file whose beginning is here. */
    boolean isRecognisable() {
        return validator() != null;
    }

    /** The headers that ask for what is missing; none if everything is. */
    Map<String, String> rangeHeaders() {
        if (size == 0) {
            return Map.of();
        }
        String range = "bytes=" + size + "-";
        return validator() == null ? Map.of("Range", range) : Map.of("Range", range, "If-Range", validator());
    }

    /** RFC 9110, 13.1.5: a weak tag does not promise the same bytes. */
    private String validator() {
        return etag != null && !etag.startsWith("W/") ? etag : lastModified;
    }

    /** The answer brings the whole file. */
    void begin(MultiMap headers) {
        startOver();
        etag = headers.get("ETag");
        lastModified = headers.get("Last-Modified");
        total = length(headers);
        requireWithinLimit();
    }

    /** The answer brings a part: false, and nothing is changed, if it is not the part that is missing here. */
    boolean continuesWith(MultiMap headers) {
        ContentRange part = ContentRange.of(headers);
        String now = headers.get("ETag");
        boolean sameFile = now == null || etag == null || now.equals(etag);
        boolean sameLength = part == null || total == UNKNOWN || part.total() == UNKNOWN || part.total() == total;
        if (part == null || part.first() != size || !sameFile || !sameLength) {
            return false;
        }
        total = Math.max(total, part.total());
        requireWithinLimit();
        return true;
    }

    private void requireWithinLimit() {
        if (total > rules.mostBytes()) {
            throw rules.tooLarge();
        }
    }

    /** Counts and judges bytes that are about to be written. */
    void take(Buffer chunk) {
        size += chunk.length();
        if (size > rules.mostBytes()) {
            throw rules.tooLarge();
        }
        digest.update(chunk.getBytes());
        if (!recognised) {
            head.appendBuffer(chunk, 0, Math.min(chunk.length(), FileRules.BEGINNING - head.length()));
            if (head.length() == FileRules.BEGINNING) {
                recognise();
            }
        }
    }

    /** The answer is over: true if that is the end of the file, as far as anybody knows. */
    boolean isComplete() {
        if (total != UNKNOWN && size != total) {
            return false;
        }
        if (!recognised) {
            recognise();
        }
        return true;
    }

    private void recognise() {
        recognised = true;
        rules.beginning(head.getBytes());
    }

    /** Such as {@code 500 of 1000 bytes}. */
    String progress() {
        return size + " of " + (total == UNKNOWN ? "an unknown number of" : Long.toString(total)) + " bytes";
    }

    private static long length(MultiMap headers) {
        String length = headers.get("Content-Length");
        try {
            return length == null ? UNKNOWN : Math.max(UNKNOWN, Long.parseLong(length.trim()));
        } catch (NumberFormatException unusable) {
            return UNKNOWN;
        }
    }
}
