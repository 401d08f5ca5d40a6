package io.storyreel.api.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.storyreel.common.export.ExportCodec;
import io.storyreel.common.export.ExportParameters;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.ArrayList;
import java.util.List;

/** What a preset shall stand for. */
@Schema(name = "PresetRequest")
public record PresetRequest(
        @JsonProperty(required = true)
                @Schema(
                        description = "Of landscape videos, in pixels, even; portrait ones swap it with the height",
                        minimum = "64",
                        maximum = "3840",
                        example = "1080")
                Integer width,
        @JsonProperty(required = true) @Schema(minimum = "64", maximum = "3840", example = "1080") Integer height,
        @JsonProperty(required = true)
                @Schema(description = "In 1000 bit/s", minimum = "100", maximum = "50000", example = "4000")
                Integer videoKbps,
        @JsonProperty(required = true)
                @Schema(description = "In 1000 bit/s", minimum = "32", maximum = "320", example = "192")
                Integer audioKbps,
        @Schema(description = "null: as many as the video has", minimum = "10", maximum = "60", example = "30")
                Integer fps,
        @Schema(description = "h264 goes with mp4 and mov, vp9 with webm; null: the one of the format")
                ExportCodec codec) {

    private static final int LEAST_SIDE = 64;
    private static final int MOST_SIDE = 3_840;

    ExportParameters parameters() {
        List<Violation> errors = new ArrayList<>();
        check("width", width, LEAST_SIDE, MOST_SIDE, errors);
        check("height", height, LEAST_SIDE, MOST_SIDE, errors);
        checkEven("width", width, errors);
        checkEven("height", height, errors);
        check("video_kbps", videoKbps, 100, 50_000, errors);
        check("audio_kbps", audioKbps, 32, 320, errors);
        if (fps != null) {
            check("fps", fps, 10, 60, errors);
        }
        if (!errors.isEmpty()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    errors.get(0).field() + " " + errors.get(0).message() + ".",
                    errors);
        }
        return new ExportParameters(width, height, videoKbps, audioKbps, fps, codec);
    }

    private static void check(String field, Integer value, int least, int most, List<Violation> errors) {
        if (value == null || value < least || value > most) {
            errors.add(new Violation(field, "must be " + least + " to " + most + ", is " + value));
        }
    }

    private static void checkEven(String field, Integer value, List<Violation> errors) {
        if (value != null && value % 2 != 0) {
            errors.add(new Violation(field, "must be even, is " + value));
        }
    }
}
