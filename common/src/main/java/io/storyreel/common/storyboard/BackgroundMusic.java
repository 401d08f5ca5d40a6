package io.storyreel.common.storyboard;

import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;

/**
 * Music below the whole video: looped or cut to its length, faded out over the last second.
 *
 * @param url http(s) URL or {@code asset://} reference of an MP3, AAC or WAV file
 * @param volume linear, 0 to 1; defaults to 0.3
 * @param duckDuringVoice whether it drops by 12 dB while somebody speaks; defaults to true
 */
@JsonNaming(SnakeCaseStrategy.class)
public record BackgroundMusic(String url, Double volume, Boolean duckDuringVoice) {

    public static final double DEFAULT_VOLUME = 0.3;

    public BackgroundMusic {
        volume = volume == null ? Double.valueOf(DEFAULT_VOLUME) : volume;
        duckDuringVoice = duckDuringVoice == null || duckDuringVoice;
    }
}
