package io.storyreel.local.simulator.media;

import java.util.List;

/**
 * The shape of a sound file.
 *
 * @param wavRate for a WAV file of 16 bits made without ffmpeg; 0 for any other
 * @param encoding what ffmpeg is told of the output; empty for a WAV file
 */
public record VoiceFormat(String name, String contentType, int wavRate, List<String> encoding) {

    private static final int LOWEST = 16_000;

    public VoiceFormat {
        encoding = List.copyOf(encoding);
    }

    public static VoiceFormat wav(String name, int rate) {
        return rate < LOWEST
                ? encoded(name, "audio/wav", "-ar", Integer.toString(rate), "-f", "wav")
                : new VoiceFormat(name, "audio/wav", rate, List.of());
    }

    /** Samples without a header. */
    public static VoiceFormat pcm(String name, int rate) {
        return encoded(name, "audio/pcm", "-ar", Integer.toString(rate), "-f", "s16le");
    }

    public static VoiceFormat mp3(String name, int rate, int kilobits) {
        return encoded(name, "audio/mpeg", "-ar", Integer.toString(rate), "-b:a", kilobits + "k", "-f", "mp3");
    }

    public static VoiceFormat encoded(String name, String contentType, String... encoding) {
        return new VoiceFormat(name, contentType, 0, List.of(encoding));
    }
}
