package io.storyreel.api.storyboard;

import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/**
 * A storyboard whose scenes get other numbers, with what goes with them: transition and motion belong to a scene, and a
 * line stays with the scene that it is said over, whether it names that or only stands at its place in the script.
 */
final class ReorderedScenes {
    private final Storyboard former;
    private final Map<Integer, Integer> numbers;

    /** @param scene that the line is said over by now */
    private record SpokenLine(ScriptLine line, int scene) {}

    /** @param numbers the new number of each scene, by its former one; from 1 without gaps */
    ReorderedScenes(Storyboard former, Map<Integer, Integer> numbers) {
        this.former = former;
        this.numbers = numbers;
    }

    Storyboard storyboard() {
        return new Storyboard(
                former.scenes().stream().map(this::scene).toList(),
                script(),
                former.backgroundMusic(),
                former.output(),
                former.aspectRatio());
    }

    private Scene scene(Scene scene) {
        return new Scene(
                numbers.get(scene.sceneIndex()),
                scene.imageUrl(),
                scene.imagePrompt(),
                scene.duration(),
                scene.transition(),
                scene.motion(),
                scene.description(),
                scene.motionPrompt());
    }

    /** In the order of the scenes, so that a line which named none still need not if it stands where its scene does. */
    private List<ScriptLine> script() {
        List<SpokenLine> lines = new ArrayList<>();
        for (int i = 0; i < former.script().size(); i++) {
            ScriptLine line = former.script().get(i);
            Integer scene = line.sceneIndex() == null ? former.scenes().get(i).sceneIndex() : line.sceneIndex();
            lines.add(new SpokenLine(line, numbers.get(scene)));
        }
        lines.sort(Comparator.comparingInt(SpokenLine::scene));
        List<ScriptLine> script = new ArrayList<>();
        for (int i = 0; i < lines.size(); i++) {
            script.add(line(lines.get(i), i + 1));
        }
        return script;
    }

    private static ScriptLine line(SpokenLine spoken, int place) {
        ScriptLine line = spoken.line();
        Integer scene = line.sceneIndex() == null && spoken.scene() == place ? null : Integer.valueOf(spoken.scene());
        return new ScriptLine(line.text(), line.voice(), line.duration(), line.fit(), scene);
    }
}
