package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.provider.TextDigest;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.provider.Clip;
import io.storyreel.worker.provider.ClipShelf;
import io.storyreel.worker.provider.MadeVideo;
import io.storyreel.worker.provider.Order;
import io.storyreel.worker.provider.PaidTasks;
import io.storyreel.worker.provider.ProviderException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.TaskListener;
import io.storyreel.worker.provider.VideoProvider;
import io.storyreel.worker.provider.VideoRequest;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.JobRun;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/**
 * A video that a renderer elsewhere makes of the whole storyboard: prepared here, made there, checked and stored here.
 * The same storyboard is not bought twice.
 */
@ApplicationScoped
class RemoteVideo {
    private static final Logger LOG = Logger.getLogger(RemoteVideo.class);

    private final Prepare prepare;
    private final SourceAddresses addresses;
    private final PaidTasks tasks;
    private final EarlierClips earlier;
    private final ClipShelf shelf;
    private final PlannedVideo planned;
    private final Verify verify;
    private final Store store;
    private final ObjectStore objects;

    RemoteVideo(
            Prepare prepare,
            SourceAddresses addresses,
            PaidTasks tasks,
            EarlierClips earlier,
            ClipShelf shelf,
            PlannedVideo planned,
            Verify verify,
            Store store,
            ObjectStore objects) {
        this.prepare = prepare;
        this.addresses = addresses;
        this.tasks = tasks;
        this.earlier = earlier;
        this.shelf = shelf;
        this.planned = planned;
        this.verify = verify;
        this.store = store;
        this.objects = objects;
    }

    Uni<RenderResult> render(JobRun run, Storyboard storyboard, VideoProvider provider) {
        if (!provider.offer().usable()) {
            throw JobFailure.lasting(
                    "provider_not_set_up",
                    provider.name() + " is not set up: " + provider.offer().missing());
        }
        var render = new Render(
                run, storyboard, List.of(), new RenderFiles(run.scratch(), objects), new RenderProgress(run));
        String digest = TextDigest.of("video", provider.name(), run.job().specDigest());
        return earlier.made(render, List.of(digest))
                .map(made -> made.get(digest))
                .chain(known -> known == null
                        ? made(render, provider, digest)
                        : stored(render, known)
                                .onFailure(FlawedVideoException.class)
                                .recoverWithUni(flaw -> remade(render, provider, digest, flaw)))
                .onFailure(ProviderException.class)
                .transform(RemoteVideo::told);
    }

    private Uni<RenderResult> made(Render render, VideoProvider provider, String digest) {
        return bought(render, provider, digest).chain(video -> stored(render, video));
    }

    /** A flawed video that was bought before must not stand in the way of a good one for ever. */
    private Uni<RenderResult> remade(Render render, VideoProvider provider, String digest, Throwable flaw) {
        LOG.warnf("known video is of no use: job=%s flaw=%s", render.run().job().id(), flaw.getMessage());
        return earlier.forget(render, Set.of(digest), "the video is not as planned: " + flaw.getMessage())
                .chain(() -> made(render, provider, digest));
    }

    private Uni<Clip> bought(Render render, VideoProvider provider, String digest) {
        return prepare.prepare(render)
                .chain(prepared -> addresses.of(render, prepared))
                .chain(wanted -> tasks.complete(
                        order(render, provider, digest, wanted),
                        render.run().job().progress(),
                        new Told(render)))
                .map(bought -> bought.made());
    }

    private Order<VideoRequest, MadeVideo, Clip> order(
            Render render, VideoProvider provider, String digest, VideoRequest wanted) {
        return new Order<>(
                provider,
                Purchase.whole(
                        render.run().job().lease(),
                        Purpose.VIDEO,
                        0,
                        provider.name(),
                        digest,
                        provider.estimate(wanted)),
                () -> Uni.createFrom().item(wanted),
                Clip.class,
                (made, renew) -> kept(
                        render, digest, (RemoteFile) made, () -> renew.get().map(RemoteFile.class::cast)),
                provider.patience(wanted));
    }

    private Uni<Clip> kept(Render render, String digest, RemoteFile file, Supplier<Uni<RemoteFile>> renew) {
        var target = render.files().fresh(render.storyboard().output().format().extension());
        return shelf.keep(
                        render.run().job().id(),
                        Purpose.VIDEO,
                        digest,
                        file,
                        target,
                        renew,
                        () -> planned.check(render.storyboard(), target))
                .invoke(video -> render.files().has(video.key(), target));
    }

    private Uni<RenderResult> stored(Render render, Clip video) {
        ScenePlan plan = ScenePlan.of(render, List.of());
        JobChange told = RenderProgress.at(RenderStage.STORE, 1, "Stored the video", null, render.sceneCount());
        return render.run()
                .step("store", told, () -> render.files()
                        .file(video.key())
                        .chain(file -> verify.verify(file, plan, List.of()))
                        .chain(verified -> store.store(render, plan, verified))
                        .map(JsonObject::mapFrom))
                .map(RenderResult::of);
    }

    private static JobFailure told(Throwable failure) {
        ProviderException known = (ProviderException) failure;
        return known instanceof ProviderRefusedException
                ? JobFailure.lasting(known.code(), known.getMessage())
                : JobFailure.passing(known.code(), known.getMessage(), known);
    }

    /** Tells the job's watchers how the one task gets on. */
    private record Told(Render render) implements TaskListener {

        @Override
        public Uni<Void> progressed(int percent) {
            render.progress()
                    .tellSoon(RenderProgress.at(
                            RenderStage.ANIMATE, percent / 100.0, "Rendering the video...", null, null));
            return render.progress().check();
        }

        @Override
        public Uni<Void> waiting(Wait wait) {
            return render.run().tell(WaitWords.change("The video", null, wait));
        }
    }
}
