package io.storyreel.local.speech;

import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/** The values of {@code response_format}, and what ffmpeg is told to make them. */
public enum AudioFormatName {
    MP3("audio/mpeg", "-c:a", "libmp3lame", "-b:a", "128k", "-f", "mp3"),
    OPUS("audio/opus", "-c:a", "libopus", "-b:a", "48k", "-f", "ogg"),
    AAC("audio/aac", "-c:a", "aac", "-b:a", "128k", "-f", "adts"),
    FLAC("audio/flac", "-c:a", "flac", "-f", "flac"),
    WAV("audio/wav"),
    PCM("audio/pcm");

    private final String contentType;
    private final List<String> encoding;

    AudioFormatName(String contentType, String... encoding) {
        this.contentType = contentType;
        this.encoding = List.of(encoding);
    }

    static AudioFormatName named(String name) throws SpeechError {
        return Arrays.stream(values())
                .filter(format -> format.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst()
                .orElseThrow(() -> SpeechError.invalid(
                        "response_format",
                        "invalid_value",
                        "Invalid value: '" + name + "'. Supported values are: mp3, opus, aac, flac, wav, pcm."));
    }

    public String contentType() {
        return contentType;
    }

    /** Empty where no ffmpeg is needed. */
    public List<String> encoding() {
        return encoding;
    }
}
