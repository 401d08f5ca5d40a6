package io.storyreel.api.storyboard;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardRules;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** The order that somebody wants the scenes of a storyboard in, by the numbers that they have now. */
final class SceneOrder {
    static final String PARAMETER = "scene_order";

    private static final int LONGEST_NUMBER = 9;
    private static final int LONGEST_SHOWN = 60;

    private final List<Integer> numbers;

    private SceneOrder(List<Integer> numbers) {
        this.numbers = numbers;
    }

    /**
     * Fails with everything that cannot be, whatever the storyboard.
     *
     * @param values as the client sent them
     */
    static SceneOrder parse(List<String> values) {
        if (values == null || values.isEmpty()) {
            throw refused(List.of("is missing: name every scene once, as scene_order=2&scene_order=1"));
        }
        if (values.size() > StoryboardRules.MAX_SCENES) {
            throw refused(List.of("may be there at most " + StoryboardRules.MAX_SCENES + " times, is there "
                    + values.size() + " times"));
        }
        List<String> wrong = values.stream()
                .filter(value -> number(value) == null)
                .map(value -> "must be the number of a scene, is \"" + shown(value) + "\"")
                .toList();
        if (!wrong.isEmpty()) {
            throw refused(wrong);
        }
        return new SceneOrder(values.stream().map(SceneOrder::number).toList());
    }

    /** Fails unless every scene is named exactly once; says which is missing, unknown or doubled. */
    void requireAllOf(Storyboard storyboard) {
        Set<Integer> missing = new TreeSet<>();
        storyboard.scenes().forEach(scene -> missing.add(scene.sceneIndex()));
        Set<Integer> known = Set.copyOf(missing);
        Set<Integer> seen = new HashSet<>();
        List<String> wrong = new ArrayList<>();
        for (Integer number : numbers) {
            if (!seen.add(number)) {
                wrong.add("names scene " + number + " more than once");
            } else if (!known.contains(number)) {
                wrong.add("names scene " + number + ", which is not in the storyboard");
            }
            missing.remove(number);
        }
        missing.forEach(number -> wrong.add("does not name scene " + number));
        if (!wrong.isEmpty()) {
            throw refused(wrong.stream().distinct().toList());
        }
    }

    /** The new number of each scene, by its present one. */
    Map<Integer, Integer> numbers() {
        Map<Integer, Integer> places = new TreeMap<>();
        numbers.forEach(number -> places.put(number, places.size() + 1));
        return places;
    }

    /**
     * The storyboard with its scenes in this order, numbered from 1, each with the line that was said over it. In the
     * order that there is nothing changes, whatever the order of its lines: it need not be approved anew.
     */
    Storyboard of(Storyboard storyboard) {
        Map<Integer, Integer> numbers = numbers();
        boolean same =
                numbers.entrySet().stream().allMatch(scene -> scene.getKey().equals(scene.getValue()));
        return same ? storyboard : new ReorderedScenes(storyboard, numbers).storyboard();
    }

    /** Null if the text is no number of a scene. Further digits could be none either, so they are not read. */
    private static Integer number(String text) {
        boolean digits = !text.isEmpty()
                && text.length() <= LONGEST_NUMBER
                && text.chars().allMatch(one -> one >= '0' && one <= '9');
        return digits && Integer.parseInt(text) > 0 ? Integer.valueOf(text) : null;
    }

    private static String shown(String text) {
        return text.length() <= LONGEST_SHOWN ? text : text.substring(0, LONGEST_SHOWN) + "…";
    }

    private static ProblemException refused(List<String> wrong) {
        return new ProblemException(
                ProblemCode.INVALID_REQUEST,
                PARAMETER + " " + wrong.get(0)
                        + (wrong.size() == 1 ? "." : " (and " + (wrong.size() - 1) + " more, see errors)."),
                wrong.stream().map(one -> new Violation(PARAMETER, one)).toList());
    }
}
