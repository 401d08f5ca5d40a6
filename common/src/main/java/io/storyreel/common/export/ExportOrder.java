package io.storyreel.common.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.storyreel.common.storyboard.OutputFormat;

import java.util.UUID;

/**
 * What an export job is to do: its input.
 *
 * @param exportId the row that tells of the file
 * @param sourceKey where the object store has the video
 */
@RegisterForReflection
public record ExportOrder(UUID exportId, String sourceKey, OutputFormat format, ExportParameters parameters) {
    /** Orders of a newer API may say more. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public String toJson() {
        return write(this);
    }

    /** @throws IllegalArgumentException if the text is not an order */
    public static ExportOrder read(String json) {
        return read(json, ExportOrder.class);
    }

    /** @throws IllegalArgumentException if the text does not hold parameters */
    public static ExportParameters readParameters(String json) {
        return read(json, ExportParameters.class);
    }

    /** As it is kept in a row. */
    public static String write(ExportParameters parameters) {
        return write((Object) parameters);
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an export must always have a JSON form", e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a stored export cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
