package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.worker.provider.VideoRequest;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/**
 * Where an outside renderer reads a storyboard's files. The addresses are made once for a job and kept: a request that
 * is repeated under its key must be the same to the letter.
 */
@ApplicationScoped
class SourceAddresses {
    /** As long as addresses may live; a render that waits longer has been given up before. */
    private static final Duration LIFE = Duration.ofDays(7);

    private static final String IMAGES = "images";
    private static final String MUSIC = "music";

    private final ObjectStore objects;

    SourceAddresses(ObjectStore objects) {
        this.objects = objects;
    }

    Uni<VideoRequest> of(Render render, Prepared prepared) {
        return render.run()
                .step("addresses", () -> Uni.createFrom().item(() -> signed(render, prepared)))
                .map(json -> request(render, json));
    }

    private JsonObject signed(Render render, Prepared prepared) {
        JsonObject images = new JsonObject();
        for (int i = 0; i < render.sceneCount(); i++) {
            images.put(
                    render.storyboard().scenes().get(i).sceneIndex().toString(),
                    address(prepared.images().get(i).key()));
        }
        JsonObject all = new JsonObject().put(IMAGES, images);
        return prepared.music() == null
                ? all
                : all.put(MUSIC, address(prepared.music().key()));
    }

    private String address(String key) {
        return objects.presigned(key, LIFE).toString();
    }

    private static VideoRequest request(Render render, JsonObject json) {
        Map<Integer, String> images = new HashMap<>();
        json.getJsonObject(IMAGES)
                .forEach(entry -> images.put(Integer.valueOf(entry.getKey()), (String) entry.getValue()));
        return new VideoRequest(render.run().job().id(), render.storyboard(), images, json.getString(MUSIC));
    }
}
