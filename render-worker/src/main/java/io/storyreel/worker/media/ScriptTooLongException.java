package io.storyreel.worker.media;

import java.time.Duration;
import java.util.Locale;

/** A voice that does not fit its slot or scene, even spoken faster. Code {@code script_too_long}. */
public final class ScriptTooLongException extends RuntimeException {

    private static final long serialVersionUID = 1L;

    private final int sceneIndex;

    ScriptTooLongException(int sceneIndex, Duration spoken, Duration room) {
        super(String.format(
                Locale.ROOT,
                "scene %d: its script takes %.2f s to say and has %.2f s; speech may be sped up by %.2f at most,"
                        + " so shorten the text or give it at least %.2f s",
                sceneIndex,
                seconds(spoken),
                seconds(room),
                SceneSpeech.HIGHEST_TEMPO,
                Math.ceil(seconds(spoken) / SceneSpeech.HIGHEST_TEMPO * 100) / 100));
        this.sceneIndex = sceneIndex;
    }

    public int sceneIndex() {
        return sceneIndex;
    }

    private static double seconds(Duration duration) {
        return duration.toNanos() / 1e9;
    }
}
