package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.ledger.Money;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.worker.provider.Bought;
import io.storyreel.worker.provider.FinishedVideo;
import io.storyreel.worker.run.JobResult;
import io.storyreel.worker.run.Patience;
import io.storyreel.worker.run.WorkerSettings;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.ArrayList;
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
        return charged(job).map(cost -> settled(job, result, cost));
    }

    /** The first attempt has cost what it was just charged; only later ones have to ask the ledger. */
    Uni<JobResult> bought(ClaimedJob job, Bought<FinishedVideo> bought) {
        RenderResult result = RenderResult.of(bought.made(), List.of());
        return job.attempt() == 1
                ? Uni.createFrom().item(settled(job, result, new Cost(bought.cost(), BigDecimal.ZERO)))
                : rendered(job, result);
    }

    /**
     * @param charged in USD, exact
     * @param possible what may have been charged besides
     */
    private record Cost(BigDecimal charged, BigDecimal possible) {}

    private Uni<Cost> charged(ClaimedJob job) {
        return Patience.whileAway(settings.databasePatience(), () -> ledger.spent(job.id())
                .chain(charged -> ledger.possible(job.id()).map(possible -> new Cost(charged, possible))));
    }

    private static JobResult settled(ClaimedJob job, RenderResult result, Cost cost) {
        String ready = String.format(
                Locale.ROOT, "The video is ready: %.1f s", result.video().seconds());
        RenderResult told = result;
        for (String warning : warnings(job, cost)) {
            // In the status as a warning, in the history and the stream as part of the last event.
            ready += ". " + warning;
            told = told.warning(warning);
        }
        return new JobResult(ready, told.toJson(), cost.charged());
    }

    private static List<String> warnings(ClaimedJob job, Cost cost) {
        List<String> warnings = new ArrayList<>();
        if (CostVariance.isNoteworthy(job.costEstimated(), cost.charged())) {
            warnings.add(CostVariance.warning(job.costEstimated(), cost.charged()));
        }
        if (cost.possible().signum() > 0) {
            warnings.add("Up to " + Money.atMost(cost.possible()).toPlainString()
                    + " USD more may have been charged, by calls that had no answer: the history names them");
        }
        return warnings;
    }
}
