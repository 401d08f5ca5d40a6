package io.storyreel.worker.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.provider.TextDigest;
import io.storyreel.common.scene.SceneImageOrder;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.worker.provider.Clip;
import io.storyreel.worker.provider.ClipShelf;
import io.storyreel.worker.provider.ImageProvider;
import io.storyreel.worker.provider.ImageRequest;
import io.storyreel.worker.provider.Order;
import io.storyreel.worker.provider.PaidTasks;
import io.storyreel.worker.provider.Providers;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.TaskListener;
import io.storyreel.worker.render.DoubtWords;
import io.storyreel.worker.render.WaitWords;
import io.storyreel.worker.run.JobRun;
import io.storyreel.worker.run.NeededFiles;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.SteadyProgress;
import io.storyreel.worker.run.WorkerSettings;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.function.Supplier;

/** Has pictures drawn. One that was paid for and arrived too late for its job is used by the next that wants the same. */
@ApplicationScoped
class DrawnPictures {
    private static final String STAGE = "draw";
    private static final int BEGUN = 5;
    private static final int DRAWN = 85;

    private final Providers providers;
    private final PaidTasks tasks;
    private final ProviderTasks ledger;
    private final ClipShelf shelf;
    private final ObjectStore store;
    private final NeededFiles needed;
    private final WorkerSettings settings;

    DrawnPictures(
            Providers providers,
            PaidTasks tasks,
            ProviderTasks ledger,
            ClipShelf shelf,
            ObjectStore store,
            NeededFiles needed,
            WorkerSettings settings) {
        this.providers = providers;
        this.tasks = tasks;
        this.ledger = ledger;
        this.shelf = shelf;
        this.store = store;
        this.needed = needed;
        this.settings = settings;
    }

    /** The picture's key in the object store. */
    Uni<String> picture(JobRun run, SceneImageOrder order) {
        return Uni.createFrom()
                .item(() -> providers.image(run.job().provider(), order.aspectRatio()))
                .chain(provider -> picture(run, order, provider));
    }

    private Uni<String> picture(JobRun run, SceneImageOrder order, ImageProvider provider) {
        String digest = digest(run.job(), order, provider);
        return run.tell(drawing(order, BEGUN))
                .chain(() -> earlier(run.job(), digest))
                .chain(clip -> clip == null
                        ? bought(run, order, provider, digest)
                        : Uni.createFrom().item(clip))
                .map(Clip::key);
    }

    /**
     * Names all that shapes the picture. Who wants another of the same words gets another, so its number counts; and what
     * one project has is not given to another.
     */
    private static String digest(ClaimedJob job, SceneImageOrder order, ImageProvider provider) {
        return TextDigest.of(
                "image",
                provider.name(),
                String.valueOf(provider.offer().model()),
                job.projectId().toString(),
                order.prompt(),
                order.aspectRatio().wireName(),
                Integer.toString(order.variant()));
    }

    /** What was bought of that digest and is still there; the item is null if nothing is. */
    private Uni<Clip> earlier(ClaimedJob job, String digest) {
        return patiently(() -> ledger.made(job.workspaceId(), List.of(digest))).chain(made -> {
            if (made.get(digest) == null) {
                return Uni.createFrom().nullItem();
            }
            Clip clip = new JsonObject(made.get(digest)).mapTo(Clip.class);
            return needed.by(job.id(), List.of(clip.key()))
                    .chain(() -> store.stat(clip.key()))
                    .replaceWith(clip)
                    .onFailure(ObjectMissingException.class)
                    .recoverWithUni(() -> forgotten(job, digest));
        });
    }

    /** Or this job would take its own purchase from the ledger, file or no file. */
    private Uni<Clip> forgotten(ClaimedJob job, String digest) {
        return patiently(() -> ledger.useless(job.id(), List.of(digest), "its file is gone from the object store"))
                .replaceWith((Clip) null);
    }

    private Uni<Clip> bought(JobRun run, SceneImageOrder order, ImageProvider provider, String digest) {
        ClaimedJob job = run.job();
        ImageRequest wanted = new ImageRequest(job.id(), order.prompt(), order.aspectRatio());
        Purchase purchase = Purchase.whole(
                job.lease(), Purpose.IMAGE, order.scene(), provider.name(), digest, provider.estimate(wanted));
        Order<ImageRequest, RemoteFile, Clip> purchased = new Order<>(
                provider,
                purchase,
                () -> Uni.createFrom().item(wanted),
                Clip.class,
                (file, renew) -> shelf.keep(job.id(), Purpose.IMAGE, digest, file, KeptPictures.localCopy(run), renew),
                provider.patience(wanted));
        return tasks.complete(purchased, 0, new Listener(run, order)).map(bought -> bought.made());
    }

    private static JobChange drawing(SceneImageOrder order, int percent) {
        return JobChange.progress(percent, STAGE, "Drawing the picture of scene " + order.scene())
                .ofScene(order.scene(), null);
    }

    private <T> Uni<T> patiently(Supplier<Uni<T>> call) {
        return Patience.whileAway(settings.databasePatience(), call);
    }

    /** Tells the job's watchers how the task gets on. */
    private static final class Listener implements TaskListener {
        private final JobRun run;
        private final SceneImageOrder order;
        private final SteadyProgress progress;

        Listener(JobRun run, SceneImageOrder order) {
            this.run = run;
            this.order = order;
            this.progress = new SteadyProgress(run);
        }

        @Override
        public Uni<Void> progressed(int percent) {
            progress.tellSoon(drawing(order, BEGUN + (DRAWN - BEGUN) * percent / 100));
            return progress.check();
        }

        @Override
        public Uni<Void> waiting(Wait wait) {
            return run.tell(WaitWords.change(STAGE, "Scene " + order.scene(), order.scene(), wait));
        }

        @Override
        public Uni<Void> possiblyCharged(ProviderTask attempt) {
            return run.tell(DoubtWords.change(STAGE, "Scene " + order.scene(), order.scene(), attempt));
        }
    }
}
