package io.storyreel.common.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.storyreel.common.storyboard.OutputFormat;

import java.util.Locale;

/** How the picture of an export is coded; the sound goes with it: AAC beside H.264, Opus beside VP9. */
public enum ExportCodec {
    @JsonProperty("h264")
    H264,
    @JsonProperty("vp9")
    VP9;

    public static ExportCodec of(OutputFormat format) {
        return format == OutputFormat.WEBM ? VP9 : H264;
    }

    /** The name in rows and JSON, and ffmpeg's name of what it wrote. */
    public String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** ffmpeg's name of the sound that goes with it. */
    public String sound() {
        return this == VP9 ? "opus" : "aac";
    }
}
