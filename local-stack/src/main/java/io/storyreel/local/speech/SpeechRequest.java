package io.storyreel.local.speech;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.util.Set;

/** The checked body of {@code POST /v1/audio/speech}. */
public record SpeechRequest(
        SpeechModel model, String input, String voice, AudioFormatName format, double speed, boolean sse) {

    private static final int LONGEST_TEXT = 4096;
    private static final Set<String> FIELDS =
            Set.of("model", "input", "voice", "instructions", "response_format", "speed", "stream_format");
    private static final ObjectMapper JSON = new ObjectMapper().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS);

    public static SpeechRequest parse(byte[] body) throws SpeechError, IOException {
        JsonNode root;
        try {
            root = JSON.readTree(body);
        } catch (JsonProcessingException e) {
            throw SpeechError.invalid(null, null, "We could not parse the JSON body of your request.");
        }
        if (root == null || !root.isObject()) {
            throw SpeechError.invalid(null, null, "The body must be a JSON object.");
        }
        for (var names = root.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!FIELDS.contains(name)) {
                throw SpeechError.invalid(name, "unknown_parameter", "Unknown parameter: '" + name + "'.");
            }
        }
        var model = SpeechModel.named(requiredText(root, "model", Integer.MAX_VALUE));
        optionalText(root, "instructions", "", LONGEST_TEXT);
        return new SpeechRequest(
                model,
                requiredText(root, "input", LONGEST_TEXT),
                voice(root, model),
                AudioFormatName.named(optionalText(root, "response_format", "mp3", 20)),
                speed(root),
                sse(root, model));
    }

    private static String voice(JsonNode root, SpeechModel model) throws SpeechError {
        var node = root.path("voice");
        if (node.isObject()) {
            throw SpeechError.invalid("voice", "invalid_value", "This server has no custom voices.");
        }
        var voice = requiredText(root, "voice", 64);
        if (!model.knows(voice)) {
            var known = VoiceCharacter.names().stream().filter(model::knows).toList();
            throw SpeechError.invalid(
                    "voice",
                    "invalid_value",
                    "Invalid value: '" + voice + "'. Supported values are: " + String.join(", ", known) + ".");
        }
        return voice;
    }

    private static double speed(JsonNode root) throws SpeechError {
        var node = root.path("speed");
        if (node.isMissingNode() || node.isNull()) {
            return 1;
        }
        if (!node.isNumber() || node.doubleValue() < 0.25 || node.doubleValue() > 4) {
            throw SpeechError.invalid(
                    "speed", "invalid_value", "Invalid 'speed': a number from 0.25 to 4.0, not " + node + ".");
        }
        return node.doubleValue();
    }

    private static boolean sse(JsonNode root, SpeechModel model) throws SpeechError {
        var format = optionalText(root, "stream_format", "audio", 20);
        if (!format.equals("audio") && !format.equals("sse")) {
            throw SpeechError.invalid(
                    "stream_format", "invalid_value", "Invalid value: '" + format + "'. Supported: audio, sse.");
        }
        if (format.equals("sse") && !model.streamsEvents()) {
            throw SpeechError.invalid("stream_format", "invalid_value", "This model does not support 'sse'.");
        }
        return format.equals("sse");
    }

    private static String requiredText(JsonNode root, String field, int longest) throws SpeechError {
        if (root.path(field).isMissingNode() || root.path(field).isNull()) {
            throw SpeechError.invalid(
                    field, "missing_required_parameter", "Missing required parameter: '" + field + "'.");
        }
        var text = optionalText(root, field, "", longest);
        if (text.isBlank()) {
            throw SpeechError.invalid(field, "string_below_min_length", "Invalid '" + field + "': it is empty.");
        }
        return text;
    }

    private static String optionalText(JsonNode root, String field, String otherwise, int longest) throws SpeechError {
        var node = root.path(field);
        if (node.isMissingNode() || node.isNull()) {
            return otherwise;
        }
        if (!node.isTextual()) {
            throw SpeechError.invalid(field, "invalid_type", "Invalid type for '" + field + "': expected a string.");
        }
        if (node.textValue().length() > longest) {
            throw SpeechError.invalid(
                    field,
                    "string_above_max_length",
                    "Invalid '" + field + "': string too long. Expected a string with maximum length " + longest
                            + ", but got a string with length "
                            + node.textValue().length() + " instead.");
        }
        return node.textValue();
    }
}
