package io.storyreel.worker.provider.http;

import io.vertx.core.MultiMap;

import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * How long a server asks to be left alone: {@code retry-after-ms}, then {@code retry-after} in seconds or as a date,
 * then the {@code x-ratelimit-reset-*} headers, such as {@code 12ms}, {@code 1s} or {@code 6m0s}. From 0, which a date
 * that is over means as well, to a day, whatever the server says.
 */
public final class RetryHints {
    private static final Pattern PART = Pattern.compile("(\\d+(?:\\.\\d+)?)(ms|s|m|h)");

    /** The longest that any vendor means: RunwayML limits the generations of 24 hours. */
    private static final Duration LONGEST = Duration.ofDays(1);

    private RetryHints() {}

    /** Null if the server does not say. A date counts only beside the server's own {@code date}. */
    public static Duration of(MultiMap headers) {
        return of(headers, null);
    }

    /**
     * Null if the server does not say.
     *
     * @param now by our clock, for dates of a server that does not tell its own; its own is better, as the two clocks
     *     may differ
     */
    public static Duration of(MultiMap headers, Instant now) {
        Instant here = date(headers.get("date"));
        return hint(headers, "retry-after-ms", text -> millis(text, 1))
                .or(() -> hint(headers, "retry-after", text -> millis(text, 1_000)))
                .or(() -> hint(headers, "retry-after", text -> until(text, here == null ? now : here)))
                .or(() -> hint(headers, "x-ratelimit-reset-requests", RetryHints::parts))
                .or(() -> hint(headers, "x-ratelimit-reset-tokens", RetryHints::parts))
                .map(RetryHints::atMostADay)
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

    private static Duration until(String text, Instant now) {
        Instant then = date(text);
        if (then == null || now == null) {
            return null;
        }
        return then.isAfter(now) ? Duration.between(now, then) : Duration.ZERO;
    }

    private static Instant date(String text) {
        try {
            return text == null ? null : DateTimeFormatter.RFC_1123_DATE_TIME.parse(text.trim(), Instant::from);
        } catch (DateTimeException notADate) {
            return null;
        }
    }

    private static Duration atMostADay(Duration told) {
        return told.compareTo(LONGEST) < 0 ? told : LONGEST;
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
            Duration time = atMostADay(Duration.ofMillis(Math.round(Double.parseDouble(part.group(1)) * factor)));
            sum = sum == null ? time : sum.plus(time);
        }
        return sum;
    }
}
