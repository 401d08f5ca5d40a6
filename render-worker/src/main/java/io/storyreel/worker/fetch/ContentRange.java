package io.storyreel.worker.fetch;

import io.vertx.core.MultiMap;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The part of a file that an answer brings (RFC 9110, 14.4).
 *
 * @param first byte, counted from 0
 * @param total bytes of the whole file, or -1 if the server does not know
 */
record ContentRange(long first, long total) {
    private static final Pattern FORM = Pattern.compile("bytes (\\d{1,18})-(\\d{1,18})/(\\d{1,18}|\\*)");

    /** Null if the answer does not say, or says what cannot be. */
    static ContentRange of(MultiMap headers) {
        String text = headers.get("Content-Range");
        Matcher form = FORM.matcher(text == null ? "" : text.trim());
        if (!form.matches()) {
            return null;
        }
        long first = Long.parseLong(form.group(1));
        long last = Long.parseLong(form.group(2));
        long total = form.group(3).equals("*") ? -1 : Long.parseLong(form.group(3));
        return last < first || (total >= 0 && last >= total) ? null : new ContentRange(first, total);
    }
}
