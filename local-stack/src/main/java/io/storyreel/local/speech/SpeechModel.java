package io.storyreel.local.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

import java.util.Arrays;
import java.util.Set;

/** The models OpenAI's endpoint knows; all of them are the same offline voice here. */
public enum SpeechModel {
    TTS_1("tts-1", true),
    TTS_1_HD("tts-1-hd", true),
    GPT_4O_MINI_TTS("gpt-4o-mini-tts", false),
    GPT_4O_MINI_TTS_2025_12_15("gpt-4o-mini-tts-2025-12-15", false);

    private static final Set<String> LATER_VOICES = Set.of("ballad", "verse", "marin", "cedar");
    private static final long CREATED = 1_699_053_241;

    private final String id;
    private final boolean first;

    SpeechModel(String id, boolean firstGeneration) {
        this.id = id;
        this.first = firstGeneration;
    }

    public static SpeechModel named(String id) throws SpeechError {
        return Arrays.stream(values())
                .filter(model -> model.id.equals(id))
                .findFirst()
                .orElseThrow(() -> SpeechError.noModel(id));
    }

    /** The {@code tts-1} pair came before four of the voices. */
    boolean knows(String voice) {
        return VoiceCharacter.named(voice) != null && !(first && LATER_VOICES.contains(voice));
    }

    boolean streamsEvents() {
        return !first;
    }

    public String id() {
        return id;
    }

    public JsonNode describe() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("id", id)
                .put("object", "model")
                .put("created", CREATED)
                .put("owned_by", "storyreel-local-stack")
                .putNull("shutdown_date");
    }

    public static JsonNode list() {
        var list = JsonNodeFactory.instance.objectNode().put("object", "list");
        var data = list.putArray("data");
        Arrays.stream(values()).map(SpeechModel::describe).forEach(data::add);
        return list;
    }
}
