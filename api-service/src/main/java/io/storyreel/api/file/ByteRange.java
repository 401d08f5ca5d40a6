package io.storyreel.api.file;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that is sent (RFC 9110, section 14).
 *
 * @param whole whether that is all of it because no part was asked for
 */
record ByteRange(long offset, long length, boolean whole) {
    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /**
     * Headers of another unit or with several ranges are ignored, as the RFC allows.
     *
     * @param header value of Range, or null
     * @return null if the file has no such part
     */
    static ByteRange of(String header, long size) {
        Matcher match = header == null ? null : ONE_RANGE.matcher(header.strip());
        if (match == null
                || !match.matches()
                || (match.group(1).isEmpty() && match.group(2).isEmpty())) {
            return new ByteRange(0, size, true);
        }
        if (match.group(1).isEmpty()) {
            long last = Math.min(Long.parseLong(match.group(2)), size);
            return last == 0 ? null : new ByteRange(size - last, last, false);
        }
        long from = Long.parseLong(match.group(1));
        long to = match.group(2).isEmpty() ? size - 1 : Math.min(Long.parseLong(match.group(2)), size - 1);
        return from > to ? null : new ByteRange(from, to - from + 1, false);
    }
}
