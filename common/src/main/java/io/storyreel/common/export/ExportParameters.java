package io.storyreel.common.export;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.PropertyNamingStrategies.SnakeCaseStrategy;
import com.fasterxml.jackson.databind.annotation.JsonNaming;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.storyreel.common.provider.TextDigest;
import io.storyreel.common.storyboard.OutputFormat;

/**
 * What an export is like. All of it shapes the file, so all of it is in {@link #cacheKey}.
 *
 * @param width of landscape videos in pixels, even; portrait ones swap it with the height, others crop the box
 * @param videoKbps bitrate of the picture in 1000 bit/s, kept throughout
 * @param audioKbps bitrate of the sound in 1000 bit/s
 * @param fps frames per second; null for as many as the video has
 * @param codec null for the one of the format
 */
@RegisterForReflection
@JsonNaming(SnakeCaseStrategy.class)
@JsonInclude(JsonInclude.Include.NON_NULL)
public record ExportParameters(int width, int height, int videoKbps, int audioKbps, Integer fps, ExportCodec codec) {

    /** Goes up when the same parameters begin to make another file. */
    private static final String RECIPE = "2";

    public boolean fits(OutputFormat format) {
        return codec == null || codec == ExportCodec.of(format);
    }

    /** SHA-256 of everything that shapes the file, 64 hex digits. */
    public String cacheKey(String sourceSha256, OutputFormat format) {
        return TextDigest.of(
                RECIPE,
                sourceSha256,
                format.extension(),
                width + "x" + height,
                videoKbps + "/" + audioKbps,
                fps == null ? "as the source" : fps.toString());
    }
}
