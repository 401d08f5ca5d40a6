package io.storyreel.api.storyboard;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which scene a failure is about. Messages name it, as they name every field: {@code scene_index=3}, {@code Scene 3}. */
final class FailedScene {
    static final int NONE = 0;

    private static final Pattern NAMED =
            Pattern.compile("\\bscene(?:_index=| )(\\d{1,9})\\b", Pattern.CASE_INSENSITIVE);

    private FailedScene() {}

    /** Its number, or {@link #NONE}. */
    static int of(String message) {
        Matcher named = NAMED.matcher(message == null ? "" : message);
        return named.find() ? Integer.parseInt(named.group(1)) : NONE;
    }
}
