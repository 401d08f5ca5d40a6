package io.storyreel.worker.render;

import io.quarkus.runtime.annotations.RegisterForReflection;
import io.storyreel.worker.media.Audio;
import io.storyreel.worker.media.AudioFormat;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/** Music or a voice that was decoded and is in the object store; times in nanoseconds. */
@RegisterForReflection
record PreparedSound(String key, AudioFormat format, long length, long soundingFrom, long soundingTo) {

    static PreparedSound of(String key, Audio audio) {
        return new PreparedSound(
                key,
                audio.format(),
                audio.length().toNanos(),
                audio.soundingFrom().toNanos(),
                audio.soundingTo().toNanos());
    }

    Audio at(Path file) {
        return new Audio(
                file, format, Duration.ofNanos(length), Duration.ofNanos(soundingFrom), Duration.ofNanos(soundingTo));
    }

    boolean silent() {
        return soundingFrom == soundingTo;
    }

    /** Length without the silence around it. */
    Duration sounding() {
        return Duration.ofNanos(soundingTo - soundingFrom);
    }

    static String extension(AudioFormat format) {
        return format.name().toLowerCase(Locale.ROOT);
    }

    static String mediaType(AudioFormat format) {
        return switch (format) {
            case MP3 -> "audio/mpeg";
            case M4A -> "audio/mp4";
            default -> "audio/" + format.name().toLowerCase(Locale.ROOT);
        };
    }
}
