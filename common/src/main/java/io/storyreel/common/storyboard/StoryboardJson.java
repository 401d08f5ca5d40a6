package io.storyreel.common.storyboard;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/**
 * The stored form of a storyboard and its digest. Defaults are written out and members keep the order of the records,
 * so two storyboards that render alike have the same text and the same digest.
 */
public final class StoryboardJson {
    private static final JsonMapper MAPPER = JsonMapper.builder()
            .defaultPropertyInclusion(
                    JsonInclude.Value.construct(JsonInclude.Include.NON_NULL, JsonInclude.Include.NON_NULL))
            // Rows written by a newer version must stay readable by an older worker during an upgrade.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private StoryboardJson() {}

    public static String write(Storyboard storyboard) {
        try {
            return MAPPER.writeValueAsString(storyboard);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a storyboard must always have a JSON form", e);
        }
    }

    /** @throws IllegalArgumentException if the text is not a storyboard */
    public static Storyboard read(String json) {
        try {
            return MAPPER.readValue(json, Storyboard.class);
        } catch (JsonProcessingException e) {
            throw new IllegalArgumentException("stored storyboard cannot be read: " + e.getOriginalMessage(), e);
        }
    }

    /** SHA-256 of the stored form, 64 hex digits. */
    public static String digest(Storyboard storyboard) {
        try {
            byte[] form = write(storyboard).getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(form));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
