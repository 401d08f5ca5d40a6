package io.storyreel.worker.provider.replicate;

import io.storyreel.worker.provider.http.AnswerFields;
import io.vertx.core.json.JsonObject;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.Objects;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A run of a model as Replicate describes it. Every field may be absent, null, or of another kind than it should be. */
record Prediction(JsonObject told) {
    private static final Pattern PERCENT = Pattern.compile("(\\d{1,3})%");
    private static final int LAST_RUNNING = 99;
    private static final int LOG_TAIL = 4_000;

    /** Null if there is none. */
    String id() {
        return text(told, "id");
    }

    /** Null if there is none. */
    String status() {
        AnswerFields fields = new AnswerFields(told);
        return fields.text("status") == null ? null : fields.word("status");
    }

    /** Empty if there is none. */
    String error() {
        Object error = told.getValue("error");
        return error == null ? "" : error.toString();
    }

    boolean wiped() {
        return Boolean.TRUE.equals(told.getValue("data_removed"));
    }

    /** Empty if it was wiped. */
    JsonObject input() {
        return object(told, "input");
    }

    /** Null if it cannot be read. */
    Instant createdAt() {
        String time = text(told, "created_at");
        if (time == null) {
            return null;
        }
        try {
            return OffsetDateTime.parse(time).toInstant();
        } catch (DateTimeException unreadable) {
            return null;
        }
    }

    /** Where its file lies; models give text, a list or an object. Null if there is none. */
    String file() {
        String file = file(new AnswerFields(told), "output");
        if (file != null) {
            return file;
        }
        AnswerFields several = new AnswerFields(told).object("output");
        return Stream.of("video", "url", "output")
                .map(field -> file(several, field))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }

    private static String file(AnswerFields fields, String name) {
        String one = fields.url(name);
        return one != null ? one : fields.firstUrl(name);
    }

    /** The last percentage in its log, at most 99; null if it has none. */
    Integer percent() {
        String logs = text(told, "logs");
        if (logs == null) {
            return null;
        }
        Matcher found = PERCENT.matcher(logs.substring(Math.max(0, logs.length() - LOG_TAIL)));
        Integer last = null;
        while (found.find()) {
            last = Math.min(LAST_RUNNING, Integer.parseInt(found.group(1)));
        }
        return last;
    }

    private static JsonObject object(JsonObject parent, String field) {
        return parent.getValue(field) instanceof JsonObject found ? found : new JsonObject();
    }

    private static String text(JsonObject parent, String field) {
        return parent.getValue(field) instanceof String words ? words : null;
    }
}
