package io.storyreel.api.render;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobEvent;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.queue.JobQueue;
import io.storyreel.common.queue.ProgressChannel;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.UUID;

/** Stops renders: in the database first, then by telling whoever works on them or watches. */
@ApplicationScoped
public class Cancellations {
    private static final Logger LOG = Logger.getLogger(Cancellations.class);

    private static final String ACTIVE =
            """
            select id from job where project_id = $1 and workspace_id = $2 and status in ('pending', 'processing')
            """;

    private final JobStore jobs;
    private final JobQueue queue;
    private final ProgressChannel progress;
    private final Pool pool;

    public Cancellations(JobStore jobs, JobQueue queue, ProgressChannel progress, Pool pool) {
        this.jobs = jobs;
        this.queue = queue;
        this.progress = progress;
        this.pool = pool;
    }

    /** True if the job was active and had not been told to stop before. */
    public Uni<Boolean> cancel(UUID workspace, UUID job) {
        return jobs.cancel(workspace, job).invoke(this::tell).map(event -> event != null);
    }

    public Uni<Void> cancelAllOf(UUID workspace, UUID project) {
        return pool.preparedQuery(ACTIVE)
                .execute(Tuple.of(project, workspace))
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .onItem()
                .transformToUniAndConcatenate(row -> cancel(workspace, row.getUUID("id")))
                .collect()
                .last()
                .replaceWithVoid();
    }

    /** Nobody waits for this: a worker also looks by itself, and streams find the event in the history. */
    private void tell(JobEvent event) {
        if (event == null) {
            return;
        }
        progress.publish(event).subscribe().with(told -> {}, failure -> notTold(event, failure));
        if (!event.isFinal()) {
            queue.ringForCancellation(event.jobId()).subscribe().with(rung -> {}, failure -> notTold(event, failure));
        }
    }

    private static void notTold(JobEvent event, Throwable failure) {
        LOG.warnf("cancellation not announced: job=%s reason=%s", event.jobId(), failure.getMessage());
    }
}
