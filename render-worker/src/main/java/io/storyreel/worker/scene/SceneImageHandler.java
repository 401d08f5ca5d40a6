package io.storyreel.worker.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.scene.SceneImageOrder;
import io.storyreel.worker.provider.JobPurchases;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.render.RenderFailures;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.JobHandler;
import io.storyreel.worker.run.JobResult;
import io.storyreel.worker.run.JobRun;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.function.Supplier;

/**
 * Gets a picture for a scene: drawn by a provider, kept as a file of the workspace, shown by the scene. After a crash the
 * ledger tells what was drawn, the object store what was kept, and the history of the scene what was shown.
 */
@ApplicationScoped
class SceneImageHandler implements JobHandler {
    private static final int KEEPING = 90;

    private final DrawnPictures drawn;
    private final KeptPictures kept;
    private final SceneLandings landings;
    private final JobPurchases purchases;
    private final WorkerSettings settings;

    SceneImageHandler(
            DrawnPictures drawn,
            KeptPictures kept,
            SceneLandings landings,
            JobPurchases purchases,
            WorkerSettings settings) {
        this.drawn = drawn;
        this.kept = kept;
        this.landings = landings;
        this.purchases = purchases;
        this.settings = settings;
    }

    @Override
    public JobKind kind() {
        return JobKind.SCENE_IMAGE;
    }

    @Override
    public Uni<JobResult> handle(JobRun run) {
        SceneImageOrder order = SceneImageOrder.read(run.job().input());
        return patiently(() -> landings.wanted(run.job(), order))
                .onItem()
                .ifNull()
                .failWith(SceneImageHandler::gone)
                .chain(version -> version.lacksPicture()
                        ? made(run, order)
                        : Uni.createFrom().item(LandedPicture.of(version)))
                .chain(landed -> settled(run.job(), landed))
                .onFailure(ProviderException.class)
                .transform(failure -> told(order, failure))
                .onFailure()
                .transform(RenderFailures::told);
    }

    private Uni<LandedPicture> made(JobRun run, SceneImageOrder order) {
        return drawn.picture(run, order)
                .call(() ->
                        run.tell(JobChange.progress(KEEPING, "store", "Keeping the picture of scene " + order.scene())
                                .ofScene(order.scene(), null)))
                .chain(key -> kept.asFileOf(run, key))
                .chain(picture -> patiently(() -> landings.land(run.job(), order, picture)))
                .onItem()
                .ifNull()
                .failWith(SceneImageHandler::gone);
    }

    private Uni<JobResult> settled(ClaimedJob job, LandedPicture landed) {
        return patiently(() -> purchases.spent(job)).map(cost -> new JobResult(landed.words(), landed.json(), cost));
    }

    @Override
    public Uni<Void> settle(ClaimedJob job) {
        return purchases.settle(job);
    }

    @Override
    public Uni<Void> abandon(ClaimedJob job, JobStatus ending) {
        return purchases.abandon(job, ending);
    }

    @Override
    public Uni<BigDecimal> spent(ClaimedJob job) {
        return purchases.spent(job);
    }

    private static JobFailure told(SceneImageOrder order, ProviderException failure) {
        String message = "Scene " + order.scene() + ": " + failure.getMessage();
        JobFailure told = failure instanceof ProviderOutageException || failure instanceof ProviderBusyException
                ? JobFailure.passing(failure.code(), message, failure)
                : JobFailure.lasting(failure.code(), message);
        return told.ofScene(order.scene());
    }

    private static JobFailure gone() {
        return JobFailure.lasting("project_gone", "The project was deleted before the picture was there");
    }

    private <T> Uni<T> patiently(Supplier<Uni<T>> call) {
        return Patience.whileAway(settings.databasePatience(), call);
    }
}
