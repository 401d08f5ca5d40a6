package io.storyreel.worker.provider.custom;

import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.math.BigDecimal;
import java.util.List;

/**
 * The script of the contract, whose lines run one after another from the beginning of the video. So that every line
 * begins with its scene, each has a slot that lasts until the next line's scene: its own scene and the silent ones after
 * it. What cannot be part of a slot, silence before the first line or beyond the longest slot, is a line of a blank.
 */
final class CustomScript {
    private static final BigDecimal LONGEST_SLOT = BigDecimal.valueOf(60);
    private static final BigDecimal SHORTEST_SLOT = new BigDecimal("0.5");
    private static final String SILENCE = " ";

    private final JsonArray lines = new JsonArray();
    private JsonObject open = line(SILENCE, ScriptLine.DEFAULT_VOICE, BigDecimal.ZERO);

    private CustomScript() {}

    static JsonArray of(Storyboard storyboard) {
        return storyboard.script().isEmpty() ? new JsonArray() : new CustomScript().written(storyboard);
    }

    private JsonArray written(Storyboard storyboard) {
        List<Scene> scenes = storyboard.scenes();
        for (int i = 0; i < scenes.size(); i++) {
            BigDecimal seconds = BigDecimal.valueOf(scenes.get(i).duration());
            ScriptLine said = storyboard.lineOfSceneAt(i);
            if (said != null) {
                close();
                open = line(said.text(), said.voice(), seconds);
            } else {
                lengthen(seconds);
            }
        }
        close();
        return lines;
    }

    /** A rest too short for a slot of its own is taken from the slot before. */
    private void lengthen(BigDecimal seconds) {
        BigDecimal sum = slot().add(seconds);
        if (sum.compareTo(LONGEST_SLOT) <= 0) {
            open.put("duration", sum);
            return;
        }
        BigDecimal rest = sum.subtract(LONGEST_SLOT).max(SHORTEST_SLOT);
        open.put("duration", sum.subtract(rest));
        close();
        open = line(SILENCE, ScriptLine.DEFAULT_VOICE, rest);
    }

    private void close() {
        if (slot().signum() > 0) {
            lines.add(open);
        }
    }

    private BigDecimal slot() {
        return (BigDecimal) open.getValue("duration");
    }

    private static JsonObject line(String text, String voice, BigDecimal seconds) {
        return new JsonObject().put("text", text).put("voice", voice).put("duration", seconds);
    }
}
