package io.storyreel.worker.media;

import java.nio.file.Path;
import java.time.Duration;

/**
 * A sound file that was decoded to its end.
 *
 * @param length of the file
 * @param soundingFrom where the first sound above {@value SoundSpan#THRESHOLD_DB} dB begins; the length if there is none
 * @param soundingTo where the last such sound ends; the length if there is none
 */
public record Audio(Path file, AudioFormat format, Duration length, Duration soundingFrom, Duration soundingTo) {

    public boolean silent() {
        return soundingFrom.equals(soundingTo);
    }

    /** Length without the silence around it, which text-to-speech voices add in amounts of their own. */
    public Duration sounding() {
        return soundingTo.minus(soundingFrom);
    }
}
