package io.storyreel.api.scene;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storyboard.StoryboardRules;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/**
 * What somebody wants to be different in a scene.
 *
 * @param prompt of a new picture; null: the picture stays
 * @param description null: the description stays
 */
record RefineWish(int scene, String prompt, String description) {
    static final int MIN_TEXT = StoryboardRules.MIN_PROMPT;

    private static final Pattern NUMBER = Pattern.compile("[1-9][0-9]{0,8}");
    private static final int LONGEST_SHOWN = 40;

    /** Of the parameters as they were sent, null for those that were not. Everything wrong is told at once. */
    static RefineWish of(String scene, String prompt, String description) {
        List<Violation> errors = new ArrayList<>();
        if (scene == null) {
            errors.add(new Violation("scene_number", "is missing: say which scene"));
        } else if (!NUMBER.matcher(scene).matches()) {
            errors.add(new Violation(
                    "scene_number", "must be the number of a scene, such as 1, is \"" + shown(scene) + "\""));
        }
        if (prompt == null && description == null) {
            errors.add(new Violation("new_image_prompt", "give this, new_description, or both"));
        }
        check("new_image_prompt", prompt, StoryboardRules.MAX_PROMPT, errors);
        check("new_description", description, StoryboardRules.MAX_DESCRIPTION, errors);
        if (!errors.isEmpty()) {
            Violation first = errors.get(0);
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, first.field() + " " + first.message() + ".", errors);
        }
        return new RefineWish(Integer.parseInt(scene), stripped(prompt), stripped(description));
    }

    private static void check(String field, String text, int most, List<Violation> errors) {
        if (text == null) {
            return;
        }
        String plain = text.strip();
        int length = plain.codePointCount(0, plain.length());
        if (length < MIN_TEXT || length > most) {
            errors.add(new Violation(
                    field,
                    "must have " + MIN_TEXT + " to " + most + " characters, without the blanks around it, has "
                            + length));
        }
        if (text.indexOf('\0') >= 0) {
            errors.add(new Violation(field, "holds a NUL character: remove it"));
        }
    }

    private static String stripped(String text) {
        return text == null ? null : text.strip();
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }
}
