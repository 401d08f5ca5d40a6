package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.worker.fetch.AssetFetcher;
import io.storyreel.worker.fetch.FileDigest;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.SceneVisual;
import io.storyreel.worker.provider.Clip;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.PaidTasks;
import io.storyreel.worker.provider.RemoteFile;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;

/** The third stage: what every scene shows. Providers that only move the camera leave that to composing. */
@ApplicationScoped
class Animate {
    private static final int AT_ONCE = 4;
    private static final long MOST_BYTES = 512L << 20;

    private final PaidTasks tasks;
    private final MediaProbe probe;
    private final AssetFetcher fetcher;

    Animate(PaidTasks tasks, MediaProbe probe, AssetFetcher fetcher) {
        this.tasks = tasks;
        this.fetcher = fetcher;
        this.probe = probe;
    }

    /** One visual for each scene, in order. */
    Uni<List<SceneVisual>> animate(Render render, Prepared prepared) {
        List<Uni<SceneVisual>> visuals = new ArrayList<>();
        List<Scene> scenes = render.storyboard().scenes();
        for (int i = 0; i < scenes.size(); i++) {
            visuals.add(visual(render, scenes.get(i), prepared.images().get(i), i));
        }
        return Uni.join().all(visuals).usingConcurrencyOf(AT_ONCE).andFailFast();
    }

    private Uni<SceneVisual> visual(Render render, Scene scene, PreparedImage image, int position) {
        return render.clips().capabilities().inGraph()
                ? render.files().file(image.key()).map(file -> new SceneVisual.Still(image.at(file), scene.motion()))
                : clip(render, scene, image, position)
                        .chain(clip -> render.files().file(clip.key()))
                        .chain(probe::media)
                        .map(SceneVisual.Clip::new);
    }

    private Uni<Clip> clip(Render render, Scene scene, PreparedImage image, int position) {
        var wanted = new ClipRequest(
                render.run().job().id(),
                String.valueOf(scene.motionPrompt()),
                image.key(),
                render.storyboard().aspectRatio(),
                (int) Math.ceil(scene.duration()),
                render.storyboard().output().resolution().shortSide());
        var purchase = new Purchase(
                render.run().job().lease(),
                Purpose.CLIP,
                scene.sceneIndex(),
                render.clips().name(),
                FileDigest.of(
                        render.clips().name(),
                        image.key(),
                        String.valueOf(scene.motionPrompt()),
                        "" + scene.duration()),
                render.clips().estimate(wanted));
        int all = render.sceneCount();
        JobChange told = RenderProgress.at(
                RenderStage.ANIMATE,
                (position + 1.0) / all,
                "Rendering scene " + (position + 1) + "/" + all + "...",
                scene.sceneIndex(),
                null);
        return render.run()
                .step("animate:" + scene.sceneIndex(), told, () -> tasks.complete(
                                render.clips(),
                                purchase,
                                wanted,
                                Clip.class,
                                made -> kept(render, made, purchase.digest()),
                                0,
                                percent -> Uni.createFrom().voidItem())
                        .map(bought -> JsonObject.mapFrom(bought.made())))
                .map(json -> json.mapTo(Clip.class));
    }

    private Uni<Clip> kept(Render render, RemoteFile made, String digest) {
        String key = ObjectKeys.content(digest, "mp4");
        return fetcher.fetch(made.url(), render.files().fresh("mp4"), MOST_BYTES)
                .chain(file -> render.files().keep(key, file.path(), "video/mp4"))
                .replaceWith(new Clip(key));
    }
}
