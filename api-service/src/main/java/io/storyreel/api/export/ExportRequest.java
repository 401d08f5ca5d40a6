package io.storyreel.api.export;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storyboard.OutputFormat;
import org.eclipse.microprofile.openapi.annotations.enums.SchemaType;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.ArrayList;
import java.util.List;

/** The files that somebody wants of a video. */
@Schema(name = "ExportRequest")
public record ExportRequest(
        @JsonProperty(required = true) @Schema(type = SchemaType.ARRAY, minItems = 1, maxItems = MOST)
                List<Wanted> exports) {
    private static final int MOST = 12;

    /** One file. */
    @Schema(name = "WantedExport")
    public record Wanted(
            @JsonProperty(required = true) OutputFormat format,
            @JsonProperty(required = true)
                    @Schema(
                            description = "low, medium, high, uhd, or a preset of the workspace",
                            pattern = PresetRequest.NAME,
                            example = "high")
                    String quality) {}

    List<ExportChoice> choices() {
        if (exports == null || exports.isEmpty() || exports.size() > MOST) {
            throw refused(List.of(new Violation(
                    "exports", "must have 1 to " + MOST + " items, has " + (exports == null ? 0 : exports.size()))));
        }
        List<Violation> errors = new ArrayList<>();
        for (int i = 0; i < exports.size(); i++) {
            Wanted wanted = exports.get(i);
            if (wanted == null || wanted.format() == null) {
                errors.add(new Violation("exports[" + i + "].format", "is missing: mp4, mov or webm"));
            }
            if (wanted == null || wanted.quality() == null) {
                errors.add(new Violation("exports[" + i + "].quality", "is missing: name a preset, such as high"));
            }
        }
        if (!errors.isEmpty()) {
            throw refused(errors);
        }
        return exports.stream()
                .map(wanted -> new ExportChoice(wanted.format(), wanted.quality()))
                .toList();
    }

    private static ProblemException refused(List<Violation> errors) {
        Violation first = errors.get(0);
        return new ProblemException(ProblemCode.INVALID_REQUEST, first.field() + " " + first.message() + ".", errors);
    }
}
