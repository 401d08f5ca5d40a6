package io.storyreel.api.storyboard;

import io.storyreel.common.problem.Problem;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardRules;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class SceneOrderTest {
    private static final Random RANDOM = new Random(7);

    @Test
    void numbers_the_scenes_from_1_in_the_order_named() {
        Storyboard ordered = order(9, 2, 5).of(storyboard(List.of(2, 5, 9), List.of()));

        assertThat(ordered.scenes()).extracting(Scene::sceneIndex).containsExactly(1, 2, 3);
        assertThat(ordered.scenes())
                .extracting(Scene::imageUrl)
                .containsExactly("https://example.com/9.jpg", "https://example.com/2.jpg", "https://example.com/5.jpg");
    }

    @Test
    void a_line_that_names_its_scene_follows_it() {
        Storyboard ordered = order(3, 1, 2).of(storyboard(List.of(1, 2, 3), List.of(line("on 3", 3), line("on 1", 1))));

        assertThat(spoken(ordered)).containsExactlyInAnyOrderEntriesOf(Map.of("3", "on 3", "1", "on 1"));
    }

    @Test
    void a_line_that_stands_at_the_place_of_its_scene_follows_it_too() {
        Storyboard ordered =
                order(3, 1, 2).of(storyboard(List.of(1, 2, 3), List.of(line("on 1", null), line("on 2", null))));

        assertThat(spoken(ordered)).containsExactlyInAnyOrderEntriesOf(Map.of("1", "on 1", "2", "on 2"));
    }

    @Test
    void a_script_that_named_no_scenes_still_names_none_if_every_scene_is_spoken_over() {
        Storyboard there = storyboard(List.of(1, 2), List.of(line("on 1", null), line("on 2", null)));

        Storyboard ordered = order(2, 1).of(there);

        assertThat(ordered.script()).extracting(ScriptLine::sceneIndex).containsOnlyNulls();
        assertThat(ordered.script()).extracting(ScriptLine::text).containsExactly("on 2", "on 1");
        assertThat(order(2, 1).of(ordered)).isEqualTo(there);
    }

    @Test
    void the_order_that_there_is_changes_nothing_though_the_lines_have_another() {
        Storyboard there = storyboard(List.of(1, 2), List.of(line("on 2", 2), line("on 1", 1)));

        assertThat(order(1, 2).of(there)).isEqualTo(there);
    }

    @Test
    void whatever_the_order_every_scene_keeps_its_line() {
        for (int round = 0; round < 500; round++) {
            Storyboard there = randomStoryboard();
            assertThat(StoryboardRules.violations(there)).isEmpty();
            List<Integer> numbers = new ArrayList<>(
                    there.scenes().stream().map(Scene::sceneIndex).toList());
            Collections.shuffle(numbers, RANDOM);

            Storyboard ordered = order(numbers.toArray(Integer[]::new)).of(there);

            assertThat(StoryboardRules.violations(ordered)).isEmpty();
            assertThat(spoken(ordered)).isEqualTo(spoken(there));
        }
    }

    @Test
    void says_which_scene_is_missing_unknown_or_doubled() {
        SceneOrder order = order(1, 1, 7);

        Problem problem = refusal(() -> order.requireAllOf(storyboard(List.of(1, 2, 3), List.of())));

        assertThat(problem.errors())
                .extracting(Violation::message)
                .containsExactly(
                        "names scene 1 more than once",
                        "names scene 7, which is not in the storyboard",
                        "does not name scene 2",
                        "does not name scene 3");
        assertThat(problem.errors()).extracting(Violation::field).containsOnly("scene_order");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "0",
                "-1",
                "+1",
                "1e3",
                "1.0",
                "0x1",
                "1,2",
                "\u0661",
                "\u0000",
                "\ud83c\udfac",
                "1000000000",
                "99999999999999999999",
                "one"
            })
    void refuses_what_is_no_number_of_a_scene(String text) {
        Problem problem = refusal(() -> SceneOrder.parse(List.of("1", text)));

        assertThat(problem.status()).isEqualTo(400);
        assertThat(problem.errors()).extracting(Violation::field).containsExactly("scene_order");
    }

    @Test
    void refuses_no_order_and_one_that_is_longer_than_any_storyboard() {
        assertThat(refusal(() -> SceneOrder.parse(List.of())).detail()).contains("is missing");
        assertThat(refusal(() -> SceneOrder.parse(null)).detail()).contains("is missing");
        assertThat(refusal(() -> SceneOrder.parse(Collections.nCopies(101, "1")))
                        .detail())
                .contains("101");
    }

    private static Problem refusal(org.assertj.core.api.ThrowableAssert.ThrowingCallable call) {
        return catchThrowableOfType(ProblemException.class, call).problem();
    }

    private static SceneOrder order(Integer... numbers) {
        return SceneOrder.parse(Arrays.stream(numbers).map(String::valueOf).toList());
    }

    private static Storyboard randomStoryboard() {
        int scenes = 1 + RANDOM.nextInt(6);
        List<Integer> numbers = new ArrayList<>();
        for (int number = 1; numbers.size() < scenes; number += 1 + RANDOM.nextInt(3)) {
            numbers.add(number);
        }
        List<ScriptLine> script = new ArrayList<>();
        List<Integer> silent = new ArrayList<>(numbers);
        for (int place = 0; place < RANDOM.nextInt(scenes + 1); place++) {
            Integer own = numbers.get(place);
            if (RANDOM.nextBoolean() && silent.remove(own)) {
                script.add(line("on " + own, null));
            } else if (!silent.isEmpty()) {
                Integer other = silent.remove(RANDOM.nextInt(silent.size()));
                script.add(line("on " + other, other));
            }
        }
        return storyboard(numbers, script);
    }

    /** What is said over each scene, by its picture, which is what it was called at first. */
    private static Map<String, String> spoken(Storyboard storyboard) {
        Map<String, String> lines = new HashMap<>();
        IntStream.range(0, storyboard.scenes().size()).forEach(place -> {
            ScriptLine line = storyboard.lineOfSceneAt(place);
            if (line != null) {
                String picture = storyboard.scenes().get(place).imageUrl();
                lines.put(picture.replaceAll("\\D", ""), line.text());
            }
        });
        return lines;
    }

    private static Storyboard storyboard(List<Integer> numbers, List<ScriptLine> script) {
        List<Scene> scenes = numbers.stream()
                .map(number ->
                        new Scene(number, "https://example.com/" + number + ".jpg", null, 2.0, null, null, null, null))
                .toList();
        return new Storyboard(scenes, script, null, null, null);
    }

    private static ScriptLine line(String text, Integer scene) {
        return new ScriptLine(text, null, null, null, scene);
    }
}
