package io.storyreel.local.render;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Reads a storyboard from a JSON file. */
public final class StoryboardFile {

    /** The largest body the server takes for a project. */
    private static final long LARGEST = 1 << 20;

    private static final ObjectMapper JSON = new ObjectMapper()
            .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS);

    private StoryboardFile() {}

    /** @throws BadInput naming line and column of broken JSON, every part of the wrong form, or every unknown field */
    public static ObjectNode read(Path file) throws BadInput {
        try {
            if (Files.size(file) > LARGEST) {
                throw new BadInput(file + " has " + Files.size(file) + " bytes; a storyboard has at most " + LARGEST
                        + ". Name pictures by path or URL, don't put them in.");
            }
            return parse(file, Files.readString(file));
        } catch (CharacterCodingException e) {
            throw new BadInput(file + " is no text in UTF-8; is it a storyboard?");
        } catch (IOException e) {
            throw new BadInput(file + " cannot be read: " + e.getMessage());
        }
    }

    private static ObjectNode parse(Path file, String text) throws BadInput {
        try {
            if (!(JSON.readTree(text) instanceof ObjectNode root)) {
                throw new BadInput(file + " holds no JSON object; a storyboard begins with { and ends with }.");
            }
            var misformed = StoryboardFields.misformed(root);
            if (!misformed.isEmpty()) {
                throw new BadInput(file + " has parts of the wrong form:", misformed);
            }
            var unknown = StoryboardFields.unknown(root);
            if (!unknown.isEmpty()) {
                throw new BadInput(file + " has unknown fields:", unknown);
            }
            return root;
        } catch (JsonProcessingException e) {
            var where = e.getLocation();
            throw new BadInput(file + ", line " + where.getLineNr() + ", column " + where.getColumnNr() + ": "
                    + e.getOriginalMessage().replaceAll("\\s+", " "));
        }
    }
}
