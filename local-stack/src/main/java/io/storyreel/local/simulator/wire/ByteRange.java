package io.storyreel.local.simulator.wire;

import java.util.regex.Pattern;

/**
 * The part of a file a client asks for.
 *
 * @param last inclusive
 * @param partial whether a range was asked for at all
 */
record ByteRange(long first, long last, boolean partial) {

    private static final Pattern ONE_RANGE = Pattern.compile("bytes=(\\d{0,18})-(\\d{0,18})");

    /** A header that is missing, or that asks for several ranges, is answered with the whole file. */
    static ByteRange of(String header, long size) {
        var matcher = ONE_RANGE.matcher(header == null ? "" : header.strip());
        if (!matcher.matches() || matcher.group(1).isEmpty() && matcher.group(2).isEmpty()) {
            return new ByteRange(0, size - 1, false);
        }
        if (matcher.group(1).isEmpty()) {
            return new ByteRange(Math.max(0, size - Long.parseLong(matcher.group(2))), size - 1, true);
        }
        var last = matcher.group(2).isEmpty() ? size - 1 : Math.min(size - 1, Long.parseLong(matcher.group(2)));
        return new ByteRange(Long.parseLong(matcher.group(1)), last, true);
    }

    boolean outside(long size) {
        return partial && (first >= size || last < first);
    }

    long length() {
        return last - first + 1;
    }

    int status() {
        return partial ? 206 : 200;
    }
}
