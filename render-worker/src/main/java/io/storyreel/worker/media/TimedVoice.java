package io.storyreel.worker.media;

import java.time.Duration;

/**
 * A voice in its place in the video.
 *
 * @param line place of the line in the script, from 0
 * @param startSample where it begins, in samples of {@link Timeline#SAMPLE_RATE}
 * @param length how long it sounds, after speeding up
 * @param tempo 1 to 1.15, how much faster than spoken
 */
public record TimedVoice(int line, int sceneIndex, long startSample, Duration length, double tempo) {

    public Duration start() {
        return Duration.ofNanos(Math.round(startSample * 1e9 / Timeline.SAMPLE_RATE));
    }

    public Duration end() {
        return start().plus(length);
    }
}
