package io.storyreel.worker.render;

import io.storyreel.worker.provider.Clip;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.util.List;

/** How clips are kept: those of a scene as the result of a step, each as the result of its task. */
final class SceneFilm {
    private static final String KEYS = "clips";

    private SceneFilm() {}

    static JsonObject of(List<Clip> clips) {
        return new JsonObject()
                .put(KEYS, new JsonArray(clips.stream().map(Clip::key).toList()));
    }

    static List<Clip> clips(JsonObject film) {
        return film.getJsonArray(KEYS).stream()
                .map(key -> new Clip((String) key))
                .toList();
    }

    /** The clip that the ledger keeps as {@code json}. */
    static Clip clip(String json) {
        return new JsonObject(json).mapTo(Clip.class);
    }
}
