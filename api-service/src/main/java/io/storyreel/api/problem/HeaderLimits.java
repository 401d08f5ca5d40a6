package io.storyreel.api.problem;

import io.storyreel.common.problem.Violation;
import io.vertx.core.http.HttpServerRequest;

import java.util.List;

/** How long the headers may be that somebody here reads. */
public final class HeaderLimits {
    /** In characters; dozens of entity tags. */
    public static final int LONGEST = 8_192;

    private static final List<String> READ = List.of("If-Match", "If-None-Match", "If-Range", "Range", "Prefer");

    private HeaderLimits() {}

    /** What is wrong with the first that is longer; null if none is. */
    static Violation tooLong(HttpServerRequest request) {
        for (String name : READ) {
            String value = request.getHeader(name);
            if (value != null && value.length() > LONGEST) {
                return new Violation(name, "may have at most " + LONGEST + " characters, has " + value.length());
            }
        }
        return null;
    }
}
