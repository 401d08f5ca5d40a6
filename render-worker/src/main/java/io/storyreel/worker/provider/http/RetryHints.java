package io.storyreel.worker.provider.http;

import io.vertx.core.MultiMap;

import java.time.Duration;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a server asks to be left alone: {@code retry-after-ms}, then {@code retry-after} in seconds, then the
 * {@code x-ratelimit-reset-*} headers, such as {@code 12ms}, {@code 1s} or {@code 6m0s}.
 */
public final class RetryHints {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

    private RetryHints() {}

    /** Null if the server does not say. */
    public static Duration of(MultiMap headers) {
        return hint(headers, "retry-after-ms", text -> millis(text, 1))
                .or(() -> hint(headers, "retry-after", text -> millis(text, 1_000)))
                .or(() -> hint(headers, "x-ratelimit-reset-requests", RetryHints::parts))
                .or(() -> hint(headers, "x-ratelimit-reset-tokens", RetryHints::parts))
                .orElse(null);
    }

    private static Optional<Duration> hint(MultiMap headers, String name, Function<String, Duration> reading) {
        return Optional.ofNullable(headers.get(name)).map(String::trim).map(reading);
    }

    private static Duration millis(String text, double factor) {
        return text.matches("\\d{1,9}(\\.\\d{1,9})?")
                ? Duration.ofMillis(Math.round(Double.parseDouble(text) * factor))
                : null;
    }

    private static Duration parts(String text) {
        Matcher part = PART.matcher(text);
        Duration sum = null;
        while (part.find()) {
            double factor =
                    switch (part.group(2)) {
                        case "ms" -> 1;
                        case "s" -> 1_000;
                        case "m" -> 60_000;
                        default -> 3_600_000;
                    };
            Duration time = Duration.ofMillis(Math.round(Double.parseDouble(part.group(1)) * factor));
            sum = sum == null ? time : sum.plus(time);
        }
        return sum;
    }
}
