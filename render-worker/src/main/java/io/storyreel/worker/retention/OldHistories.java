package io.storyreel.worker.retention;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.run.Chore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Duration;

/** Removes the histories and the results of the steps of jobs that ended long ago. Their last event stays: how they ended. */
@ApplicationScoped
class OldHistories implements Chore {
    private static final Logger LOG = Logger.getLogger(OldHistories.class);

    private static final String TAKEN =
            """
            events as (
                delete from job_event e using ended, job j
                where e.job_id = ended.id and j.id = ended.id and e.seq < j.last_event
            ), steps as (
                delete from job_step s using ended where s.job_id = ended.id
            )""";

    private final EndedJobs jobs;
    private final RetentionSettings settings;

    OldHistories(EndedJobs jobs, RetentionSettings settings) {
        this.jobs = jobs;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "removing old histories";
    }

    @Override
    public Duration pause() {
        return settings.look();
    }

    @Override
    public Uni<Void> round(Path scratch) {
        return settings.histories().isEmpty()
                ? Uni.createFrom().voidItem()
                : jobs.take("histories", settings.histories().get(), TAKEN)
                        .invoke(count -> {
                            if (count > 0) {
                                LOG.infof("histories removed: jobs=%d", count);
                            }
                        })
                        .replaceWithVoid();
    }
}
