package io.storyreel.api.render;

import java.util.regex.Pattern;

/** The W3C trace context of a request; see https://www.w3.org/TR/trace-context/. */
public final class TraceContext {
    /** How the header is written. */
    public static final String FORM = "00-[0-9a-f]{32}-[0-9a-f]{16}-[0-9a-f]{2}";

    private static final Pattern PATTERN = Pattern.compile(FORM);

    private TraceContext() {}

    /** The header if it is well formed; anything else is as good as none. */
    public static String valid(String traceparent) {
        return traceparent != null && PATTERN.matcher(traceparent).matches() ? traceparent : null;
    }
}
