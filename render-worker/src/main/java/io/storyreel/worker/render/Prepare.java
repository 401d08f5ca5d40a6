package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.storyboard.BackgroundMusic;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.worker.run.JobFailure;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The first stage: fetches and checks every picture and the music. A picture that several scenes show counts once. */
@ApplicationScoped
class Prepare {
    private static final int AT_ONCE = 4;

    private final SourceFiles sources;

    Prepare(SourceFiles sources) {
        this.sources = sources;
    }

    Uni<Prepared> prepare(Render render) {
        Map<String, Scene> firstUse = new LinkedHashMap<>();
        render.storyboard().scenes().forEach(scene -> firstUse.putIfAbsent(scene.imageUrl(), scene));
        List<Uni<PreparedImage>> images = new ArrayList<>();
        firstUse.values().forEach(scene -> images.add(image(render, scene, images.size(), firstUse.size())));
        return Uni.join().all(images).usingConcurrencyOf(AT_ONCE).andFailFast().chain(found -> music(render)
                .map(music -> inOrder(render, firstUse, found, music)));
    }

    private Uni<PreparedImage> image(Render render, Scene scene, int done, int all) {
        String field = "storyboard[scene_index=" + scene.sceneIndex() + "].image_url";
        JobChange told = RenderProgress.at(
                RenderStage.PREPARE,
                (done + 1.0) / (all + 1),
                "Checked picture " + (done + 1) + "/" + all,
                scene.sceneIndex(),
                null);
        return render.run()
                .step("prepare:" + scene.sceneIndex(), told, () -> sources.image(render, field, scene.imageUrl())
                        .onFailure(JobFailure.class)
                        .transform(failure -> failure.ofScene(scene.sceneIndex()))
                        .map(JsonObject::mapFrom))
                .map(json -> json.mapTo(PreparedImage.class));
    }

    /** The item is null when there is no music. */
    private Uni<PreparedSound> music(Render render) {
        BackgroundMusic music = render.storyboard().backgroundMusic();
        if (music == null) {
            return Uni.createFrom().nullItem();
        }
        JobChange told = RenderProgress.at(RenderStage.PREPARE, 1, "Checked the music", null, null);
        return render.run()
                .step("prepare:music", told, () -> sources.music(render, "background_music.url", music.url())
                        .map(JsonObject::mapFrom))
                .map(json -> json.mapTo(PreparedSound.class));
    }

    private static Prepared inOrder(
            Render render, Map<String, Scene> firstUse, List<PreparedImage> found, PreparedSound music) {
        List<String> urls = List.copyOf(firstUse.keySet());
        List<PreparedImage> images = render.storyboard().scenes().stream()
                .map(scene -> found.get(urls.indexOf(scene.imageUrl())))
                .toList();
        return new Prepared(images, music);
    }
}
