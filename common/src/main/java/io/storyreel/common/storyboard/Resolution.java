package io.storyreel.common.storyboard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Length of the video's short side. */
public enum Resolution {
    @JsonProperty("480p")
    P480(480),
    @JsonProperty("720p")
    P720(720),
    @JsonProperty("1080p")
    P1080(1080),
    @JsonProperty("4k")
    UHD(2160);

    private final int shortSide;

    Resolution(int shortSide) {
        this.shortSide = shortSide;
    }

    /** In pixels. */
    public int shortSide() {
        return shortSide;
    }
}
