package io.storyreel.common.scene;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.quarkus.runtime.annotations.RegisterForReflection;
import io.storyreel.common.storyboard.AspectRatio;

import java.util.UUID;

/**
 * What a scene image job is to do: its input.
 *
 * @param versionId the version whose picture it is
 * @param scene its number when the picture was wanted; by now it may have another
 * @param variant from 0; tells apart the pictures that a project gets of the same words
 */
@RegisterForReflection
public record SceneImageOrder(UUID versionId, int scene, String prompt, AspectRatio aspectRatio, int variant) {
    /** Orders of a newer API may say more. */
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    public String toJson() {
        try {
            return MAPPER.writeValueAsString(this);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an order must always have a JSON form", e);
        }
    }

    /** @throws IllegalArgumentException if the text is not an order */
    public static SceneImageOrder read(String json) {
        try {
            return MAPPER.readValue(json, SceneImageOrder.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("a stored order cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
