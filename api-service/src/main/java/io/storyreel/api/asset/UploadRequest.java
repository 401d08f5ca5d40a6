package io.storyreel.api.asset;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;

/** A file that a client wants to send straight to the object store. */
@Schema(
        name = "UploadRequest",
        requiredProperties = {"size", "sha256", "media_type"})
public record UploadRequest(
        @Schema(minimum = "1", description = "Bytes; how many it may have depends on its kind and on the server")
                Long size,
        @Schema(pattern = DIGEST, description = "Of its content, in lower case") String sha256,
        @Schema(
                        enumeration = {
                            "image/jpeg",
                            "image/png",
                            "image/webp",
                            "audio/mpeg",
                            "audio/aac",
                            "audio/mp4",
                            "audio/wav"
                        },
                        description = "What its content shows it to be, whatever its name says")
                String mediaType) {

    private static final String DIGEST = "[0-9a-f]{64}";
    private static final Pattern DIGEST_FORM = Pattern.compile(DIGEST);
    private static final int LONGEST_SHOWN = 80;

    /** Fails with what has to be changed. */
    FileType checkedType() {
        List<Violation> errors = new ArrayList<>();
        if (size == null || size < 1) {
            errors.add(new Violation("size", "must be the number of its bytes, at least 1, is " + size));
        }
        if (sha256 == null || !DIGEST_FORM.matcher(sha256).matches()) {
            errors.add(new Violation("sha256", "must be 64 hex digits in lower case, is " + shown(sha256)));
        }
        FileType type = FileType.ofMediaType(mediaType);
        if (type == null) {
            errors.add(new Violation(
                    "media_type", "must be one of " + FileType.mediaTypes() + ", is " + shown(mediaType)));
        }
        if (!errors.isEmpty()) {
            Violation first = errors.get(0);
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, first.field() + " " + first.message() + ".", errors);
        }
        return type;
    }

    private static String shown(String value) {
        return value == null || value.length() <= LONGEST_SHOWN ? value : value.substring(0, LONGEST_SHOWN) + "…";
    }
}
