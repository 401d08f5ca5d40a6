package io.storyreel.api.render;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;

import java.time.Instant;
import java.util.List;

/**
 * What a finished render left in the object store. Parts that were not made are null.
 *
 * @param json all of it, as the worker wrote it
 */
record RenderResult(
        Video video, Poster poster, Captions captions, List<String> warnings, Removed removed, JsonNode json) {
    /** Results of newer workers may say more. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .addModule(new JavaTimeModule())
            .build();

    private static final RenderResult NONE = new RenderResult(null, null, null, List.of(), null, null);

    /** @param size in bytes */
    record Video(
            String key, String mediaType, long size, String sha256, Double seconds, Integer width, Integer height) {}

    record Poster(String key) {}

    /** Keys of the two forms. */
    record Captions(String srt, String vtt) {}

    /** Its files were kept long enough. */
    record Removed(Instant at) {
        /** @param what was removed, for people */
        ProblemException problem(String what) {
            return new ProblemException(
                    ProblemCode.REMOVED,
                    what + " were kept for a time, and were removed at " + at + ": render the project again.");
        }
    }

    private record Parts(Video video, Poster poster, Captions captions, List<String> warnings, Removed removed) {}

    /** @param text JSON, or null while there is no result */
    static RenderResult parse(String text) {
        if (text == null) {
            return NONE;
        }
        try {
            JsonNode json = MAPPER.readTree(text);
            Parts parts = MAPPER.treeToValue(json, Parts.class);
            List<String> warnings = parts.warnings() == null ? List.of() : parts.warnings();
            return new RenderResult(parts.video(), parts.poster(), parts.captions(), warnings, parts.removed(), json);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored result cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
