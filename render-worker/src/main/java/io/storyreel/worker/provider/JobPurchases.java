package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.ledger.ProviderTasks;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;

/** What becomes of the purchases of a job that is handed back or ends, whatever its kind. */
@ApplicationScoped
public class JobPurchases {
    private final ProviderTasks ledger;
    private final HandOvers handOvers;
    private final AbandonedTasks abandonedTasks;

    public JobPurchases(ProviderTasks ledger, HandOvers handOvers, AbandonedTasks abandonedTasks) {
        this.ledger = ledger;
        this.handOvers = handOvers;
        this.abandonedTasks = abandonedTasks;
    }

    /** Done once no order of the job is on its way any more. */
    public Uni<Void> settle(ClaimedJob job) {
        return handOvers.settled(job.id());
    }

    /** Cancels what a canceled job has ordered; of what another one leaves behind somebody looks after the results. */
    public Uni<Void> abandon(ClaimedJob job, JobStatus ending) {
        return ending == JobStatus.CANCELED ? abandonedTasks.cancel(job.id()) : abandonedTasks.leave(job.id());
    }

    /** In USD, exact. */
    public Uni<BigDecimal> spent(ClaimedJob job) {
        return ledger.spent(job.id());
    }
}
