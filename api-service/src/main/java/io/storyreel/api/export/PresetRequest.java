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
                        minimum = "" + LEAST_SIDE,
                        maximum = "" + MOST_SIDE,
                        example = "1080")
                Integer width,
        @JsonProperty(required = true) @Schema(minimum = "" + LEAST_SIDE, maximum = "" + MOST_SIDE, example = "1080")
                Integer height,
        @JsonProperty(required = true)
                @Schema(
                        description = "In 1000 bit/s",
                        minimum = "" + LEAST_VIDEO_KBPS,
                        maximum = "" + MOST_VIDEO_KBPS,
                        example = "4000")
                Integer videoKbps,
        @JsonProperty(required = true)
                @Schema(
                        description = "In 1000 bit/s",
                        minimum = "" + LEAST_AUDIO_KBPS,
                        maximum = "" + MOST_AUDIO_KBPS,
                        example = "192")
                Integer audioKbps,
        @Schema(
                        description = "null: as many as the video has",
                        minimum = "" + LEAST_FPS,
                        maximum = "" + MOST_FPS,
                        example = "30")
                Integer fps,
        @Schema(description = "h264 goes with mp4 and mov, vp9 with webm; null: the one of the format")
                ExportCodec codec) {

    /** How the name of a preset is written. */
    public static final String NAME = "[a-z0-9][a-z0-9_-]{0,39}";

    private static final int LEAST_SIDE = 64;
    private static final int MOST_SIDE = 3_840;
    private static final int LEAST_VIDEO_KBPS = 100;
    private static final int MOST_VIDEO_KBPS = 50_000;
    private static final int LEAST_AUDIO_KBPS = 32;
    private static final int MOST_AUDIO_KBPS = 320;
    private static final int LEAST_FPS = 10;
    private static final int MOST_FPS = 60;

    ExportParameters parameters() {
        List<Violation> errors = new ArrayList<>();
        check("width", width, LEAST_SIDE, MOST_SIDE, errors);
        check("height", height, LEAST_SIDE, MOST_SIDE, errors);
        checkEven("width", width, errors);
        checkEven("height", height, errors);
        check("video_kbps", videoKbps, LEAST_VIDEO_KBPS, MOST_VIDEO_KBPS, errors);
        check("audio_kbps", audioKbps, LEAST_AUDIO_KBPS, MOST_AUDIO_KBPS, errors);
        if (fps != null) {
            check("fps", fps, LEAST_FPS, MOST_FPS, errors);
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
