package io.storyreel.api.dispatch;

import io.storyreel.common.job.WaitingJob;
import io.storyreel.common.queue.JobQueue;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;

/** Tells the workers at once of a job that has just been accepted. */
@ApplicationScoped
public class Doorbell {
    private static final Logger LOG = Logger.getLogger(Doorbell.class);

    private final JobQueue queue;

    public Doorbell(JobQueue queue) {
        this.queue = queue;
    }

    /** To be called once the job is committed. Nobody waits for it: if it fails, the dispatcher rings a little later. */
    public void ring(WaitingJob job) {
        queue.ring(List.of(job))
                .subscribe()
                .with(
                        rung -> {},
                        failure -> LOG.warnf("job not rung for yet: job=%s reason=%s", job.id(), failure.getMessage()));
    }
}
