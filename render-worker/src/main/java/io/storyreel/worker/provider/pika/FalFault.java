package io.storyreel.worker.provider.pika;

import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.RetryHints;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * What fal says when it does not do something. Its gateway says {@code detail} as text and an {@code error_type}; a
 * model says a list of details, each with a {@code type}. The headers repeat it.
 *
 * @param status of HTTP; 0 if it was told in a good answer
 * @param type fal's word for the kind; empty if it says none
 * @param text fal's explanation in lower case, to look words up in; never shown
 * @param told whether it is worth trying again, in fal's own opinion; null if it says nothing
 * @param ours whether it is our own limit that was exceeded
 * @param worded whether the answer has fal's form, so that it is fal's and not that of something on the way
 * @param pause how long to leave fal alone; null if it does not say
 */
record FalFault(int status, String type, String text, Boolean told, boolean ours, boolean worded, Duration pause) {
    private static final Set<String> PASSING = Set.of(
            "request_timeout", "startup_timeout", "generation_timeout", "internal_error", "internal_server_error");
    private static final Pattern AGAINST_RULES = Pattern.compile("content.polic|nsfw|safety|moderation|sensitive");
    private static final Pattern NO_MONEY = Pattern.compile("balance|exhausted|billing|locked|payment");

    static FalFault of(JsonAnswer answer) {
        JsonObject body = answer.jsonOrEmpty();
        Object detail = body.getValue("detail");
        JsonObject first = first(detail);
        String header = answer.headers().get("X-Fal-Error-Type");
        String type = header != null ? header : text(body, "error_type", text(first, "type", ""));
        String limit = answer.headers().get("X-Fal-Request-Timeout-Type");
        return new FalFault(
                answer.status(),
                lower(type),
                lower(detail instanceof String words ? words : text(first, "msg", "")),
                opinion(answer),
                "user".equals(limit),
                header != null || detail != null,
                RetryHints.of(answer.headers()));
    }

    /** What the state of a completed task says went wrong; null if it says nothing. */
    static FalFault of(JsonObject state) {
        Object error = state.getValue("error");
        String type = text(state, "error_type", "");
        return error == null && type.isEmpty()
                ? null
                : new FalFault(0, lower(type), lower(String.valueOf(error)), null, false, true, null);
    }

    boolean isPassing() {
        if (told != null) {
            return told;
        }
        if (ours || againstTheRules()) {
            return false;
        }
        return status == 429 || status >= 500 || type.startsWith("runner_") || PASSING.contains(type) || status == 0;
    }

    boolean againstTheRules() {
        return AGAINST_RULES.matcher(type).find() || AGAINST_RULES.matcher(text).find();
    }

    boolean ofMoney() {
        return status == 402 || NO_MONEY.matcher(text).find();
    }

    boolean leadsElsewhere() {
        return status >= 300 && status < 400;
    }

    private static Boolean opinion(JsonAnswer answer) {
        // Two pages of fal's call it by two names.
        String told = answer.headers().get("X-Fal-Retryable");
        String word = told != null ? told : answer.headers().get("X-Fal-Needs-Retry");
        return "true".equalsIgnoreCase(word) || "1".equals(word)
                ? Boolean.TRUE
                : "false".equalsIgnoreCase(word) || "0".equals(word) ? Boolean.FALSE : null;
    }

    private static JsonObject first(Object detail) {
        return detail instanceof JsonArray list && !list.isEmpty() && list.getValue(0) instanceof JsonObject found
                ? found
                : new JsonObject();
    }

    private static String text(JsonObject object, String field, String otherwise) {
        return object.getValue(field) instanceof String words ? words : otherwise;
    }

    private static String lower(String words) {
        return words.toLowerCase(Locale.ROOT);
    }
}
