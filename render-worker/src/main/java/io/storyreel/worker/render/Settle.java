package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.worker.provider.Bought;
import io.storyreel.worker.provider.FinishedVideo;
import io.storyreel.worker.run.JobResult;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;

/** The last stage: what the render has cost, and what the user should know about it. */
@ApplicationScoped
class Settle {
    private final ProviderTasks ledger;
    private final WorkerSettings settings;

    Settle(ProviderTasks ledger, WorkerSettings settings) {
        this.ledger = ledger;
        this.settings = settings;
    }

    Uni<JobResult> rendered(ClaimedJob job, RenderResult result) {
        return spent(job).map(cost -> settled(job, result, cost));
    }

    /** The first attempt has cost what it was just charged; only later ones have to ask the ledger. */
    Uni<JobResult> bought(ClaimedJob job, Bought<FinishedVideo> bought) {
        RenderResult result = RenderResult.of(bought.made(), List.of());
        return job.attempt() == 1
                ? Uni.createFrom().item(settled(job, result, bought.cost()))
                : spent(job).map(cost -> settled(job, result, cost));
    }

    private Uni<BigDecimal> spent(ClaimedJob job) {
        return Patience.whileAway(settings.databasePatience(), () -> ledger.spent(job.id()));
    }

    private static JobResult settled(ClaimedJob job, RenderResult result, BigDecimal cost) {
        String ready = String.format(
                Locale.ROOT, "The video is ready: %.1f s", result.video().seconds());
        if (!CostVariance.isNoteworthy(job.costEstimated(), cost)) {
            return new JobResult(ready, result.toJson(), cost);
        }
        String warning = CostVariance.warning(job.costEstimated(), cost);
        // In the status as a warning, in the history and the stream as part of the last event.
        return new JobResult(ready + ". " + warning, result.warning(warning).toJson(), cost);
    }
}
