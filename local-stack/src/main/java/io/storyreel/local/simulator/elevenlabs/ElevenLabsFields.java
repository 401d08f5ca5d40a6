package io.storyreel.local.simulator.elevenlabs;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.media.VoiceFormat;
import io.storyreel.local.simulator.wire.Request;
import io.storyreel.local.speech.OfflineReader;

import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;

/** The checked body and query of a call that speaks. */
record ElevenLabsFields(String text, String model, double speed, VoiceFormat format) {

    /** Characters per call. */
    static final Map<String, Integer> MODELS = Map.of(
            "eleven_v3",
            5_000,
            "eleven_multilingual_v2",
            10_000,
            "eleven_flash_v2_5",
            40_000,
            "eleven_flash_v2",
            30_000);

    private static final Set<String> KNOWN = Set.of(
            "text",
            "model_id",
            "language_code",
            "voice_settings",
            "pronunciation_dictionary_locators",
            "seed",
            "previous_text",
            "next_text",
            "previous_request_ids",
            "next_request_ids",
            "apply_text_normalization",
            "apply_language_text_normalization",
            "use_pvc_as_ivc",
            "audio_effects");
    private static final Pattern FORMAT = Pattern.compile(
            "(mp3)_(22050|24000|44100)_(32|48|64|96|128|192)|(wav|pcm)_(\\d{4,5})|(opus)_48000_(\\d{2,3})");
    private static final Set<String> RATES = Set.of("8000", "16000", "22050", "24000", "32000", "44100", "48000");

    static ElevenLabsFields of(Request request) throws ElevenLabsRefusal {
        var body = request.object()
                .orElseThrow(() -> ElevenLabsRefusal.malformed("text", "json_invalid", "JSON decode error"));
        for (var names = body.fieldNames(); names.hasNext(); ) {
            var name = names.next();
            if (!KNOWN.contains(name)) {
                throw ElevenLabsRefusal.malformed(name, "extra_forbidden", "Extra inputs are not permitted");
            }
        }
        if (!body.path("text").isTextual()) {
            throw ElevenLabsRefusal.malformed("text", "missing", "Field required");
        }
        var model = body.path("model_id").asText("eleven_multilingual_v2");
        if (!MODELS.containsKey(model)) {
            throw ElevenLabsRefusal.of(404, "model_not_found", "A model with this id does not exist.");
        }
        var text = body.get("text").textValue();
        if (text.codePointCount(0, text.length()) > MODELS.get(model)) {
            throw ElevenLabsRefusal.of(400, "text_too_long", "The text is too long for this model.");
        }
        if (!OfflineReader.canRead(text)) {
            throw ElevenLabsRefusal.of(400, "invalid_text", "The simulator's voice reads English only.");
        }
        return new ElevenLabsFields(
                text, model, speed(body), format(request.query("output_format").orElse("mp3_44100_128")));
    }

    private static double speed(ObjectNode body) throws ElevenLabsRefusal {
        var speed = body.path("voice_settings").path("speed").asDouble(1);
        if (speed < 0.7 || speed > 1.2) {
            throw ElevenLabsRefusal.of(400, "invalid_voice_settings", "The speed has to be between 0.7 and 1.2.");
        }
        return speed;
    }

    private static VoiceFormat format(String name) throws ElevenLabsRefusal {
        var parts = FORMAT.matcher(name);
        if (parts.matches()) {
            if (parts.group(1) != null) {
                return VoiceFormat.mp3(name, Integer.parseInt(parts.group(2)), Integer.parseInt(parts.group(3)));
            }
            if (parts.group(6) != null) {
                return VoiceFormat.encoded(
                        name, "audio/ogg", "-c:a", "libopus", "-b:a", parts.group(7) + "k", "-f", "ogg");
            }
            if (RATES.contains(parts.group(5))) {
                var rate = Integer.parseInt(parts.group(5));
                return parts.group(4).equals("wav") ? VoiceFormat.wav(name, rate) : VoiceFormat.pcm(name, rate);
            }
        }
        throw ElevenLabsRefusal.of(400, "invalid_output_format", "This output format is not known.");
    }

    int characters() {
        return text.codePointCount(0, text.length());
    }

    /** Flash costs half, rounded up. */
    int credits() {
        return model.contains("flash") ? (characters() + 1) / 2 : characters();
    }
}
