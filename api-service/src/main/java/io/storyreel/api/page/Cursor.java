package io.storyreel.api.page;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.format.DateTimeParseException;
import java.util.Base64;
import java.util.List;
import java.util.UUID;

/** A place in a list that is sorted by time and id, newest first. Clients hand it back as they got it. */
public record Cursor(Instant createdAt, UUID id) {

    /** Before the first item of any list. */
    public static final Cursor START = new Cursor(Instant.parse("9999-12-31T00:00:00Z"), new UUID(-1, -1));

    public String text() {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdAt + "/" + id).getBytes(StandardCharsets.UTF_8));
    }

    /** @param text as a client sent it, or null for the start */
    public static Cursor parse(String text) {
        if (text == null) {
            return START;
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("/", 2);
            Cursor cursor = new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
            if (Parameters.isOrdinary(cursor.createdAt())) {
                return cursor;
            }
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException notOurs) {
            throw refused();
        }
        throw refused();
    }

    private static ProblemException refused() {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST,
                "The cursor is not one of ours.",
                List.of(new Violation("cursor", "use the next_cursor of the page before, unchanged")));
    }
}
