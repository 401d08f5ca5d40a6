package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.common.ledger.ProviderTasks.LeftTask;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.worker.fetch.ResultSettings;
import io.storyreel.worker.provider.TaskProgress.Failed;
import io.storyreel.worker.provider.TaskProgress.Succeeded;
import io.storyreel.worker.provider.health.ProviderWatch;
import io.storyreel.worker.run.Chore;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.Optional;

/**
 * Looks after tasks that no job waits for: left for a fallback, or of a job that has ended. They are paid for, so their
 * results are kept for the next render; those of canceled jobs are stopped. All workers share the work.
 */
@ApplicationScoped
public class LateResults implements Chore {
    private static final Logger LOG = Logger.getLogger(LateResults.class);
    private static final int AT_ONCE = 20;
    private static final int LOOKS_PER_TASK = 6;

    /** For asking the provider, checking the file and putting it into the object store. */
    private static final Duration BESIDES_FETCHING = Duration.ofMinutes(10);

    private final ProviderTasks ledger;
    private final GivenUp givenUp;
    private final Providers providers;
    private final ClipShelf shelf;
    private final VideoCheck videos;
    private final ProviderSettings settings;
    private final ProviderWatch watch;
    private final Clock clock;

    /** Longer than looking at a task takes; if the worker dies meanwhile, another one looks after that. */
    private final Duration hold;

    public LateResults(
            ProviderTasks ledger,
            GivenUp givenUp,
            Providers providers,
            ClipShelf shelf,
            VideoCheck videos,
            ProviderSettings settings,
            ResultSettings fetching,
            ProviderWatch watch,
            Clock clock) {
        this.ledger = ledger;
        this.givenUp = givenUp;
        this.providers = providers;
        this.shelf = shelf;
        this.videos = videos;
        this.settings = settings;
        this.watch = watch;
        this.clock = clock;
        this.hold = fetching.totalTimeout().plus(BESIDES_FETCHING);
    }

    @Override
    public String name() {
        return "looking after late results";
    }

    @Override
    public Duration pause() {
        return settings.lateLook().dividedBy(LOOKS_PER_TASK);
    }

    /** Looks at the tasks that are due. One that cannot be reached is looked at later, and keeps up none of the others. */
    @Override
    public Uni<Void> round(Path scratch) {
        return ledger.takeLeft(AT_ONCE, hold)
                .chain(due -> due.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : Uni.join()
                                .all(due.stream()
                                        .map(left -> lookAt(left, scratch))
                                        .toList())
                                .andCollectFailures()
                                .replaceWithVoid());
    }

    private Uni<Void> lookAt(LeftTask left, Path scratch) {
        ProviderTask task = left.task();
        Optional<TaskProvider<?, ?>> provider = providers.find(task.provider(), task.purpose());
        if (provider.isEmpty() || task.providerTaskId() == null) {
            // Nobody can ask after it: made in one call that was cut off, or its provider never answered.
            return givenUp.closed(task);
        }
        // Asking may fail before there is a call: what the provider said of how to reach the task may lead nowhere.
        return Uni.createFrom()
                .deferred(() -> lookAt(provider.get(), left, scratch))
                .call(() -> ledger.settleLate(task.jobId()))
                .onFailure()
                .recoverWithUni(failure -> unreached(left, failure));
    }

    private <R> Uni<Void> lookAt(TaskProvider<?, R> provider, LeftTask left, Path scratch) {
        Uni<TaskProgress<R>> standing =
                left.job() == JobStatus.CANCELED ? provider.cancel(left.task()) : provider.poll(left.task(), 0);
        return standing.chain(progress -> {
            if (progress instanceof Succeeded<R> done) {
                return kept(provider, left, done, scratch);
            }
            return progress instanceof Failed<R> ended && (!ended.lacksResult() || left.job() == JobStatus.CANCELED)
                    ? ended(left, ended)
                    : goesOn(left.task());
        });
    }

    private <R> Uni<Void> kept(TaskProvider<?, R> provider, LeftTask left, Succeeded<R> done, Path scratch) {
        ProviderTask task = left.task();
        if (!(done.result() instanceof RemoteFile file)) {
            return succeeded(task, done, null);
        }
        Path target = scratch.resolve(task.key());
        return shelf.keep(
                        task.jobId(),
                        task.purpose(),
                        task.digest(),
                        file,
                        target,
                        () -> provider.poll(task, 0).map(LateResults::file),
                        () -> asOrdered(left, target))
                .eventually(() -> shelf.discard(target))
                .chain(clip -> succeeded(task, done, JsonObject.mapFrom(clip).encode()))
                .invoke(() -> LOG.infof(
                        "late result kept: job=%s scene=%d part=%d provider=%s",
                        task.jobId(), task.scene(), task.part(), task.provider()))
                .onFailure(BrokenResultException.class)
                .recoverWithUni(broken -> ledger.failed(task, done.state(), cost(task, done), broken.getMessage()));
    }

    private Uni<Void> asOrdered(LeftTask left, Path file) {
        return left.task().purpose() == Purpose.VIDEO
                ? videos.check(left.specDigest(), file)
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> succeeded(ProviderTask task, Succeeded<?> done, String result) {
        BigDecimal cost = cost(task, done);
        return ledger.succeeded(task, done.state(), cost, result).invoke(() -> watch.spent(task.provider(), cost));
    }

    private Uni<Void> ended(LeftTask left, Failed<?> ended) {
        BigDecimal charged = ended.cost() == null ? BigDecimal.ZERO : ended.cost();
        return left.job() == JobStatus.CANCELED || ended.verdict() == TaskProgress.Verdict.CANCELED
                ? ledger.canceled(left.task(), ended.cost(), ended.message())
                : ledger.failed(left.task(), ended.state(), charged, ended.message());
    }

    /** A provider that does not know the task any more has ended it; any other is asked again, but not for ever. */
    private Uni<Void> unreached(LeftTask left, Throwable failure) {
        ProviderTask task = left.task();
        if (failure instanceof ProviderRefusedException refused
                && refused.reason() == ProviderRefusedException.Reason.GONE) {
            return left.job() == JobStatus.CANCELED
                    ? ledger.canceled(task, null, refused.getMessage())
                    : ledger.failed(task, null, null, refused.getMessage());
        }
        return expired(task) ? givenUp.closed(task) : later(task, failure.getMessage());
    }

    private Uni<Void> goesOn(ProviderTask task) {
        return expired(task) ? givenUp.closed(task) : later(task, "it runs on though nobody waits for it");
    }

    private boolean expired(ProviderTask task) {
        return task.begunAt().plus(settings.lateLimit()).isBefore(clock.instant());
    }

    private Uni<Void> later(ProviderTask task, String reason) {
        return ledger.left(task, reason, settings.lateLook());
    }

    private static BigDecimal cost(ProviderTask task, Succeeded<?> done) {
        return done.cost() == null ? task.costEstimated() : done.cost();
    }

    private static RemoteFile file(TaskProgress<?> progress) {
        return progress instanceof Succeeded<?> done && done.result() instanceof RemoteFile file ? file : null;
    }
}
