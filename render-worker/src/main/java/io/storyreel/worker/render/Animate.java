package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.ledger.ProviderTasks;
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
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The third stage: what every scene shows. Each scene goes along the chain of providers on its own, so that one
 * provider's outage costs the scenes it met and no others. Providers that only move the camera leave that to composing.
 */
@ApplicationScoped
class Animate {
    private static final Logger LOG = Logger.getLogger(Animate.class);

    private final SceneClips clips;
    private final ProviderTasks ledger;
    private final MediaProbe probe;
    private final ProviderSettings settings;
    private final WorkerSettings worker;

    Animate(
            SceneClips clips,
            ProviderTasks ledger,
            MediaProbe probe,
            ProviderSettings settings,
            WorkerSettings worker) {
        this.clips = clips;
        this.ledger = ledger;
        this.probe = probe;
        this.settings = settings;
        this.worker = worker;
    }

    /** One visual for each scene, in order. */
    Uni<List<SceneVisual>> animate(Render render, Prepared prepared) {
        List<SceneOrders> scenes = new ArrayList<>();
        for (int i = 0; i < render.sceneCount(); i++) {
            scenes.add(new SceneOrders(render, i, prepared.images().get(i)));
        }
        var progress = new AnimateProgress(render);
        return made(render, scenes).chain(made -> Uni.join()
                .all(scenes.stream()
                        .map(scene -> visual(render, scene, made, progress))
                        .toList())
                .usingConcurrencyOf(settings.scenesAtOnce())
                .andFailFast());
    }

    private Uni<MadeClips> made(Render render, List<SceneOrders> scenes) {
        List<String> digests = scenes.stream()
                .flatMap(scene -> render.chain().stream()
                        .filter(provider -> !provider.capabilities().inGraph())
                        .flatMap(provider -> scene.of(provider).stream()))
                .map(ClipOrder::digest)
                .toList();
        return digests.isEmpty()
                ? Uni.createFrom().item(new MadeClips(Map.of()))
                : Patience.whileAway(
                                worker.databasePatience(),
                                () -> ledger.made(render.run().job().workspaceId(), digests))
                        .map(MadeClips::new);
    }

    private Uni<SceneVisual> visual(Render render, SceneOrders scene, MadeClips made, AnimateProgress progress) {
        return fromProvider(render, scene, made, progress, first(render, scene, made));
    }

    /** Who has made all of the scene before; otherwise the first in the chain. */
    private static int first(Render render, SceneOrders scene, MadeClips made) {
        for (int i = 0; i < render.chain().size(); i++) {
            ClipProvider provider = render.chain().get(i);
            if (!provider.capabilities().inGraph()
                    && scene.of(provider).stream().allMatch(order -> made.has(order.digest()))) {
                return i;
            }
        }
        return 0;
    }

    private Uni<SceneVisual> fromProvider(
            Render render, SceneOrders scene, MadeClips made, AnimateProgress progress, int place) {
        ClipProvider provider = render.chain().get(place);
        if (provider.capabilities().inGraph()) {
            return still(render, scene);
        }
        String step = "animate:" + scene.sceneIndex() + ":" + provider.name();
        return render.run()
                .step(step, () -> clips.clips(
                                render, provider, scene, made, progress.listener(scene.position(), scene.sceneIndex()))
                        .map(SceneFilm::of))
                .map(SceneFilm::clips)
                .call(() -> progress.done(scene.position(), scene.sceneIndex()))
                .chain(film -> shown(render, film))
                .onFailure(Animate::isOutage)
                .recoverWithUni(outage -> next(render, scene, made, progress, place, (ProviderException) outage))
                .onFailure(ProviderException.class)
                .transform(refused -> failure(scene, refused));
    }

    private Uni<SceneVisual> next(
            Render render,
            SceneOrders scene,
            MadeClips made,
            AnimateProgress progress,
            int place,
            ProviderException outage) {
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
        return render.run()
                .tell(hop(render, scene, place, outage))
                .chain(() -> fromProvider(render, scene, made, progress, place + 1));
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
        return isOutage(failure)
                ? JobFailure.passing(failure.code(), message, failure)
                : JobFailure.lasting(failure.code(), message);
    }
}
