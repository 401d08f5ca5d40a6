package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.worker.media.MediaFile;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.SceneVisual;
import io.storyreel.worker.media.SceneVisual.Part;
import io.storyreel.worker.provider.Clip;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderSettings;
import io.storyreel.worker.render.SceneClips.SceneOrders;
import io.storyreel.worker.run.JobFailure;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;

/**
 * The third stage: what every scene shows. Each scene goes along the chain of providers on its own, so that one
 * provider's outage costs the scenes it met and no others. Providers that only move the camera leave that to composing.
 */
@ApplicationScoped
class Animate {
    private static final Logger LOG = Logger.getLogger(Animate.class);

    private final SceneClips clips;
    private final EarlierClips earlier;
    private final MediaProbe probe;
    private final ProviderSettings settings;

    Animate(SceneClips clips, EarlierClips earlier, MediaProbe probe, ProviderSettings settings) {
        this.clips = clips;
        this.earlier = earlier;
        this.probe = probe;
        this.settings = settings;
    }

    /** One visual for each scene, in order. */
    Uni<List<SceneVisual>> animate(Render render, Prepared prepared) {
        List<SceneOrders> scenes = new ArrayList<>();
        for (int i = 0; i < render.sceneCount(); i++) {
            scenes.add(new SceneOrders(render, i, prepared.images().get(i)));
        }
        List<ClipOrder> orders =
                scenes.stream().flatMap(scene -> scene.along(render.chain())).toList();
        return earlier.of(render, orders).chain(before -> {
            var common = new Common(render, new SharedClips(orders, before.made()), new AnimateProgress(render));
            return Uni.join()
                    .all(scenes.stream()
                            .map(scene -> visual(common, scene, before.start(render.chain(), scene)))
                            .toList())
                    .usingConcurrencyOf(settings.scenesAtOnce())
                    .andFailFast();
        });
    }

    /** What all scenes of a run have in common. */
    private record Common(Render render, SharedClips clips, AnimateProgress progress) {}

    private Uni<SceneVisual> visual(Common common, SceneOrders scene, int place) {
        Render render = common.render();
        AnimateProgress progress = common.progress();
        ClipProvider provider = render.chain().get(place);
        if (provider.capabilities().inGraph()) {
            return still(render, scene);
        }
        String step = "animate:" + scene.sceneIndex() + ":" + provider.name();
        return render.run()
                .step(step, () -> clips.clips(
                                render,
                                provider,
                                scene,
                                common.clips(),
                                progress.listener(scene.position(), scene.sceneIndex()))
                        .map(SceneFilm::of))
                .map(SceneFilm::clips)
                .call(() -> progress.done(scene.position(), scene.sceneIndex()))
                .chain(film -> shown(render, film))
                .onFailure(Animate::isOutage)
                .recoverWithUni(outage -> next(common, scene, place, (ProviderException) outage))
                .onFailure(ProviderException.class)
                .transform(refused -> failure(scene, refused));
    }

    private Uni<SceneVisual> next(Common common, SceneOrders scene, int place, ProviderException outage) {
        Render render = common.render();
        if (place + 1 >= render.chain().size()) {
            return Uni.createFrom().failure(failure(scene, outage));
        }
        ClipProvider instead = render.chain().get(place + 1);
        LOG.infof(
                "scene goes to the next provider: job=%s scene=%d from=%s to=%s code=%s",
                render.run().job().id(),
                scene.sceneIndex(),
                render.chain().get(place).name(),
                instead.name(),
                outage.code());
        return render.run().tell(hop(render, scene, place, outage)).chain(() -> visual(common, scene, place + 1));
    }

    private static JobChange hop(Render render, SceneOrders scene, int place, ProviderException outage) {
        ClipProvider instead = render.chain().get(place + 1);
        String price = instead.capabilities().inGraph()
                ? "free of charge"
                : "for "
                        + scene.of(instead).stream()
                                .map(ClipOrder::price)
                                .reduce(BigDecimal.ZERO, BigDecimal::add)
                                .stripTrailingZeros()
                                .toPlainString()
                        + " USD";
        return JobChange.progress(
                        0,
                        RenderStage.ANIMATE.wireName(),
                        "Scene %d is made by %s instead of %s, %s: %s"
                                .formatted(
                                        scene.sceneIndex(),
                                        instead.name(),
                                        render.chain().get(place).name(),
                                        price,
                                        outage.getMessage()))
                .ofScene(scene.sceneIndex(), null);
    }

    private static Uni<SceneVisual> still(Render render, SceneOrders scene) {
        Scene told = render.storyboard().scenes().get(scene.position());
        return render.files()
                .file(scene.image().key())
                .map(file -> new SceneVisual.Still(scene.image().at(file), told.motion()));
    }

    private Uni<SceneVisual> shown(Render render, List<Clip> made) {
        return Uni.join()
                .all(made.stream()
                        .map(clip -> render.files().file(clip.key()).chain(probe::media))
                        .toList())
                .andFailFast()
                .map(Animate::film);
    }

    /** Each part in full: the scene itself cuts off what it does not need, at its end. */
    private static SceneVisual film(List<MediaFile> media) {
        return new SceneVisual.Clip(media.stream().map(Part::whole).toList());
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof ProviderOutageException || failure instanceof ProviderBusyException;
    }

    private static JobFailure failure(SceneOrders scene, ProviderException failure) {
        String message = "Scene " + scene.sceneIndex() + ": " + failure.getMessage();
        JobFailure told = isOutage(failure)
                ? JobFailure.passing(failure.code(), message, failure)
                : JobFailure.lasting(failure.code(), message);
        return told.ofScene(scene.sceneIndex());
    }
}
