package io.storyreel.worker.media;

import io.storyreel.common.storyboard.Transition;

/**
 * A scene in its place in the video.
 *
 * @param transition how it begins; on the first scene only a fade from black is left of them
 * @param transitionFrames how many of its first frames that takes
 */
public record TimedScene(int sceneIndex, long startFrame, int frames, Transition transition, int transitionFrames) {

    public long endFrame() {
        return startFrame + frames;
    }
}
