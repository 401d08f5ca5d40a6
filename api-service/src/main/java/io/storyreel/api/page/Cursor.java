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

    /** Ours are shorter. */
    public static final int LONGEST = 400;

    private static final int PARTS = 3;

    /** @param list that it is a place in */
    String text(String list) {
        return Base64.getUrlEncoder()
                .withoutPadding()
                .encodeToString((createdAt + "/" + id + "/" + list).getBytes(StandardCharsets.UTF_8));
    }

    /**
     * @param text as a client sent it, or null for the start
     * @param list that it must be a place in
     */
    static Cursor parse(String text, String list) {
        if (text == null) {
            return START;
        }
        if (text.length() > LONGEST) {
            throw refused("may have at most " + LONGEST + " characters, has " + text.length());
        }
        try {
            String[] parts = new String(Base64.getUrlDecoder().decode(text), StandardCharsets.UTF_8).split("/", PARTS);
            Cursor cursor = new Cursor(Instant.parse(parts[0]), UUID.fromString(parts[1]));
            if (!parts[2].equals(list)) {
                throw refused(
                        "is of another list or other filters: use it with the parameters of the page before, or begin"
                                + " without it");
            }
            if (Parameters.isOrdinary(cursor.createdAt())) {
                return cursor;
            }
        } catch (IllegalArgumentException | DateTimeParseException | ArrayIndexOutOfBoundsException notOurs) {
            throw refused("is not one of ours: use the next_cursor of the page before, unchanged");
        }
        throw refused("is not one of ours: use the next_cursor of the page before, unchanged");
    }

    private static ProblemException refused(String message) {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST,
                "The parameter cursor " + message + ".",
                List.of(new Violation("cursor", message)));
    }
}
