package io.storyreel.common.provider;

import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.VoiceFit;

/**
 * How long a scene will probably stand. Its voice may stretch it, and is not recorded yet when clips are planned and
 * paid for; so the text is measured, by the same rule in the plan and in the render, and both buy the same.
 */
final class SceneLength {

    /** English speech at an ordinary pace: 150 words a minute of 6 characters each, the space counted. */
    private static final double CHARACTERS_PER_SECOND = 15;

    private SceneLength() {}

    /** Seconds; never less than the scene's own length. */
    static double expected(Storyboard storyboard, int position) {
        Scene scene = storyboard.scenes().get(position);
        ScriptLine line = storyboard.lineOfSceneAt(position);
        if (line == null || line.fit() != VoiceFit.STRETCH) {
            return scene.duration();
        }
        double spoken = line.text().codePointCount(0, line.text().length()) / CHARACTERS_PER_SECOND;
        return Math.max(scene.duration(), line.duration() == null ? spoken : Math.min(spoken, line.duration()));
    }
}
