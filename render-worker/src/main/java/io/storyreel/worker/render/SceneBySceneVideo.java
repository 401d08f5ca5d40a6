package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.media.SceneVisual;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.render.Verify.Verified;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.JobRun;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;

/** A video made of scenes: prepare, speak, animate, compose, verify, store. */
@ApplicationScoped
class SceneBySceneVideo {
    private static final Logger LOG = Logger.getLogger(SceneBySceneVideo.class);

    private final ObjectStore objects;
    private final Prepare prepare;
    private final Speak speak;
    private final Animate animate;
    private final Compose compose;
    private final Verify verify;
    private final Store store;

    SceneBySceneVideo(
            ObjectStore objects,
            Prepare prepare,
            Speak speak,
            Animate animate,
            Compose compose,
            Verify verify,
            Store store) {
        this.objects = objects;
        this.prepare = prepare;
        this.speak = speak;
        this.animate = animate;
        this.compose = compose;
        this.verify = verify;
        this.store = store;
    }

    private record Ingredients(Prepared prepared, List<PreparedSound> voices) {}

    Uni<RenderResult> render(JobRun run, Storyboard storyboard, List<ClipProvider> chain) {
        var render =
                new Render(run, storyboard, chain, new RenderFiles(run.scratch(), objects), new RenderProgress(run));
        return prepare.prepare(render)
                .chain(prepared -> speak.speak(render).map(voices -> new Ingredients(prepared, voices)))
                .chain(ingredients -> run.step(
                        "store",
                        RenderProgress.at(RenderStage.STORE, 1, "Stored the video", null, render.sceneCount()),
                        () -> produce(render, ingredients).map(JsonObject::mapFrom)))
                .map(RenderResult::of);
    }

    private Uni<RenderResult> produce(Render render, Ingredients ingredients) {
        ScenePlan plan = ScenePlan.of(render, ingredients.voices());
        return animate.animate(render, ingredients.prepared())
                .chain(visuals -> composed(render, plan, visuals, ingredients)
                        .onFailure(FlawedVideoException.class)
                        .recoverWithUni(flaw -> again(render, plan, visuals, ingredients, flaw)))
                .call(() -> render.progress()
                        .tell(RenderProgress.at(RenderStage.VERIFY, 1, "Checked the video", null, render.sceneCount())))
                .chain(verified -> store.store(render, plan, verified));
    }

    private Uni<Verified> composed(Render render, ScenePlan plan, List<SceneVisual> visuals, Ingredients ingredients) {
        return compose.compose(
                        render,
                        plan,
                        visuals,
                        ingredients.voices(),
                        ingredients.prepared().music())
                .chain(file -> verify.verify(file, plan, ingredients.voices()));
    }

    /** Composing costs nothing but time, so a flaw gets one more chance before anybody hears of it. */
    private Uni<Verified> again(
            Render render, ScenePlan plan, List<SceneVisual> visuals, Ingredients ingredients, Throwable flaw) {
        LOG.warnf("video is composed again: job=%s flaw=%s", render.run().job().id(), flaw.getMessage());
        return composed(render, plan, visuals, ingredients)
                .onFailure(FlawedVideoException.class)
                .transform(still -> JobFailure.lasting(
                        "verification_failed", "The finished video is not as planned: " + still.getMessage()));
    }
}
