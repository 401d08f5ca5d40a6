package io.storyreel.worker.provider.custom;

import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class CustomScriptTest {
    private static final String SILENT = null;

    @Test
    void gives_every_line_the_slot_of_its_scene() {
        assertThat(slots(script(scene(3, "One"), scene(4.5, "Two")))).containsExactly("One 3.0", "Two 4.5");
    }

    @Test
    void lets_a_slot_last_until_the_next_line_begins() {
        assertThat(slots(script(scene(3, "One"), scene(0.1 + 2.2, SILENT), scene(4, "Two"), scene(5, SILENT))))
                .containsExactly("One 5.3000000000000003", "Two 9.0");
    }

    @Test
    void is_silent_before_the_first_line() {
        assertThat(slots(script(scene(3, SILENT), scene(2, SILENT), scene(4, "One"))))
                .containsExactly("  5.0", "One 4.0");
    }

    @Test
    void is_silent_where_a_slot_would_be_too_long() {
        assertThat(slots(script(scene(40, "One"), scene(60, SILENT), scene(4, "Two"))))
                .containsExactly("One 60.0", "  40.0", "Two 4.0");
    }

    @Test
    void makes_no_slot_that_is_too_short() {
        assertThat(slots(script(scene(40, "One"), scene(20.25, SILENT), scene(4, "Two"))))
                .containsExactly("One 59.75", "  0.5", "Two 4.0");
    }

    @Test
    void begins_every_line_with_its_scene_whatever_is_silent() {
        for (int spoken = 0; spoken < 1 << 8; spoken++) {
            List<Spoken> scenes = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                scenes.add(scene(7.5 + 7 * i, (spoken >> i & 1) == 1 ? "Line " + i : SILENT));
            }
            assertThat(beginnings(script(scenes.toArray(Spoken[]::new))))
                    .as("pattern %s", Integer.toBinaryString(spoken))
                    .isEqualTo(planned(scenes));
        }
    }

    @Test
    void is_empty_when_nobody_speaks() {
        assertThat(CustomScript.of(new Storyboard(List.of(scene(1, 3)), null, null, null, null)))
                .isEmpty();
    }

    private record Spoken(double seconds, String text) {}

    private static Spoken scene(double seconds, String text) {
        return new Spoken(seconds, text);
    }

    private static Scene scene(int index, double seconds) {
        return new Scene(index, "https://a.example/" + index, null, seconds, null, null, null, null);
    }

    private static JsonArray script(Spoken... spoken) {
        List<Scene> scenes = new ArrayList<>();
        List<ScriptLine> lines = new ArrayList<>();
        for (int i = 0; i < spoken.length; i++) {
            scenes.add(scene(i + 1, spoken[i].seconds()));
            if (spoken[i].text() != null) {
                lines.add(new ScriptLine(spoken[i].text(), null, null, null, i + 1));
            }
        }
        return CustomScript.of(new Storyboard(scenes, lines, null, null, null));
    }

    private static List<String> slots(JsonArray script) {
        return script.stream()
                .map(JsonObject.class::cast)
                .map(line -> line.getString("text") + " " + line.getValue("duration"))
                .toList();
    }

    /** When every line that says something begins, in ms, and how long all of them last. */
    private static List<String> beginnings(JsonArray script) {
        List<String> beginnings = new ArrayList<>();
        BigDecimal at = BigDecimal.ZERO;
        for (Object each : script) {
            JsonObject line = (JsonObject) each;
            BigDecimal slot = (BigDecimal) line.getValue("duration");
            assertThat(slot).isBetween(new BigDecimal("0.5"), BigDecimal.valueOf(60));
            if (!line.getString("text").isBlank()) {
                beginnings.add(line.getString("text") + " at " + at.doubleValue());
            }
            at = at.add(slot);
        }
        return beginnings;
    }

    private static List<String> planned(List<Spoken> scenes) {
        List<String> beginnings = new ArrayList<>();
        double at = 0;
        for (Spoken scene : scenes) {
            if (scene.text() != null) {
                beginnings.add(scene.text() + " at " + at);
            }
            at += scene.seconds();
        }
        return beginnings;
    }
}
