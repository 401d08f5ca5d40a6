package io.storyreel.api.export;

import io.storyreel.common.export.BuiltInPreset;
import io.storyreel.common.export.ExportCodec;
import io.storyreel.common.export.ExportParameters;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

/** A preset as clients see it. */
@Schema(name = "Preset")
public record PresetAnswer(
        @Schema(example = "square-feed") String name,
        @Schema(description = "Every workspace has it, and nobody can change it") boolean builtIn,
        @Schema(description = "Of landscape videos, in pixels") int width,
        int height,
        int videoKbps,
        int audioKbps,
        @Schema(description = "null: as many as the video has") Integer fps,
        @Schema(description = "null: the one of the format") ExportCodec codec) {

    static PresetAnswer of(String name, ExportParameters preset) {
        return new PresetAnswer(
                name,
                BuiltInPreset.named(name) != null,
                preset.width(),
                preset.height(),
                preset.videoKbps(),
                preset.audioKbps(),
                preset.fps(),
                preset.codec());
    }
}
