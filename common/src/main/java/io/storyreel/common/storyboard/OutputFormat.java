package io.storyreel.common.storyboard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** Container of the finished file, and with it the codecs. */
public enum OutputFormat {
    /** H.264 and AAC, index at the front. */
    @JsonProperty("mp4")
    MP4("mp4", "video/mp4"),
    /** VP9 and Opus. */
    @JsonProperty("webm")
    WEBM("webm", "video/webm"),
    /** H.264 and AAC in QuickTime's container. */
    @JsonProperty("mov")
    MOV("mov", "video/quicktime");

    private final String extension;
    private final String mediaType;

    OutputFormat(String extension, String mediaType) {
        this.extension = extension;
        this.mediaType = mediaType;
    }

    public String extension() {
        return extension;
    }

    public String mediaType() {
        return mediaType;
    }
}
