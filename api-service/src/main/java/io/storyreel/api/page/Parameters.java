package io.storyreel.api.page;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.vertx.ext.web.RoutingContext;

import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.stream.Collectors;

/** Reads query parameters; a bad one is told by name. An absent one (null) stays null. */
public final class Parameters {
    public static final int DEFAULT_LIMIT = 20;
    public static final int LARGEST_LIMIT = 100;
    private static final int LONGEST_SHOWN = 60;
    private static final Instant EARLIEST = Instant.parse("0000-01-01T00:00:00Z");
    private static final Instant AFTER_LATEST = Instant.parse("+10000-01-01T00:00:00Z");

    private Parameters() {}

    /**
     * Fails if a parameter is not known, is empty, or is there more than once and may not be.
     *
     * @param known names, and whether each may be repeated
     */
    static void requireKnown(Map<String, List<String>> query, Map<String, Boolean> known) {
        query.forEach((name, values) -> {
            String shown = shown(name);
            if (!known.containsKey(name)) {
                String here = known.isEmpty() ? "none" : String.join(", ", known.keySet());
                throw refusal(shown, "is not known here; known are " + here);
            }
            // The framework passes over one that is empty, as if nobody had asked for anything.
            if (values.contains("")) {
                throw refusal(shown, "is empty: give it a value, or leave it out");
            }
            // Of a parameter that is given twice nobody can say which one is meant.
            if (values.size() > 1 && !known.get(name)) {
                throw refusal(shown, "must be given once, is given " + values.size() + " times");
            }
        });
    }

    /** The same for routes, where none may be repeated. */
    public static void requireKnown(RoutingContext context, String... known) {
        if (context.request().query() != null) {
            Map<String, Boolean> names = new TreeMap<>();
            Arrays.stream(known).forEach(name -> names.put(name, false));
            Map<String, List<String>> query = new HashMap<>();
            context.queryParams().names().forEach(name -> query.put(name, context.queryParam(name)));
            requireKnown(query, names);
        }
    }

    public static int limit(String text) {
        if (text == null) {
            return DEFAULT_LIMIT;
        }
        try {
            int limit = Integer.parseInt(text);
            if (limit >= 1 && limit <= LARGEST_LIMIT) {
                return limit;
            }
        } catch (NumberFormatException notANumber) {
            throw refused("limit", text, "a number from 1 to " + LARGEST_LIMIT);
        }
        throw refused("limit", text, "a number from 1 to " + LARGEST_LIMIT);
    }

    public static Instant instant(String name, String text) {
        if (text == null) {
            return null;
        }
        try {
            Instant time = Instant.parse(text);
            if (isOrdinary(time)) {
                return time;
            }
        } catch (DateTimeParseException notATime) {
            throw refused(name, text, "a time such as 2026-01-31T12:00:00Z");
        }
        throw refused(name, text, "a time in the years 0 to 9999");
    }

    public static LocalDate date(String name, String text) {
        try {
            // Longer texts name years that the database does not know.
            if (text == null || text.length() == 10) {
                return text == null ? null : LocalDate.parse(text);
            }
        } catch (DateTimeParseException notADate) {
            throw refused(name, text, "a date such as 2026-01-31");
        }
        throw refused(name, text, "a date such as 2026-01-31");
    }

    /** Java knows a thousand million years, the database a few hundred thousand. */
    static boolean isOrdinary(Instant time) {
        return !time.isBefore(EARLIEST) && time.isBefore(AFTER_LATEST);
    }

    public static UUID id(String name, String text) {
        try {
            return text == null ? null : UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            throw refused(name, text, "an id such as 0197b0c4-8a30-7c2e-9d1f-2f6d3f1f4a55");
        }
    }

    public static Boolean flag(String name, String text) {
        if (text == null) {
            return null;
        }
        return switch (text) {
            case "true" -> true;
            case "false" -> false;
            default -> throw refused(name, text, "true or false");
        };
    }

    public static <E extends Enum<E>> E oneOf(String name, String text, Class<E> values) {
        if (text == null) {
            return null;
        }
        return Arrays.stream(values.getEnumConstants())
                .filter(value -> value.name().toLowerCase(Locale.ROOT).equals(text))
                .findFirst()
                .orElseThrow(() -> refused(name, text, "one of " + names(values)));
    }

    private static String names(Class<? extends Enum<?>> values) {
        return Arrays.stream(values.getEnumConstants())
                .map(value -> value.name().toLowerCase(Locale.ROOT))
                .collect(Collectors.joining(", "));
    }

    private static ProblemException refused(String name, String text, String wanted) {
        return refusal(name, "must be " + wanted + ", is \"" + shown(text) + "\"");
    }

    private static ProblemException refusal(String name, String message) {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST,
                "The parameter " + name + " " + message + ".",
                List.of(new Violation(name, message)));
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
