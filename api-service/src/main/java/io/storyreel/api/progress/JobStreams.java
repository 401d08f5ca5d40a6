package io.storyreel.api.progress;

import io.quarkus.runtime.StartupEvent;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.queue.ProgressChannel;
import io.storyreel.common.queue.RedisNames;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Streams of single jobs: one subscription a job, however many clients watch it. */
@ApplicationScoped
class JobStreams {
    private static final Logger LOG = Logger.getLogger(JobStreams.class);

    private final OpenStreams streams;
    private final ProgressChannel channel;
    private final JobStore jobs;
    private final ProgressSettings settings;
    private final Vertx vertx;
    private final ConcurrentMap<UUID, WatchedJob> watched = new ConcurrentHashMap<>();

    JobStreams(OpenStreams streams, ProgressChannel channel, JobStore jobs, ProgressSettings settings, Vertx vertx) {
        this.streams = streams;
        this.channel = channel;
        this.jobs = jobs;
        this.settings = settings;
        this.vertx = vertx;
    }

    /** The reads of one sweep join into a few questions, see {@link JobStore#eventsAfter}. */
    void start(@Observes StartupEvent start) {
        vertx.setPeriodic(settings.sweep().toMillis(), tick -> watched.values().forEach(WatchedJob::catchUp));
    }

    /** @param lastSeq number of the last event that the client has */
    void stream(RoutingContext context, UUID jobId, int lastSeq) {
        EventClient[] opened = new EventClient[1];
        opened[0] = streams.open(context, () -> leave(jobId, opened[0]));
        WatchedJob job = join(jobId, opened[0], lastSeq);
        if (opened[0].isClosed()) {
            leave(jobId, opened[0]);
        } else {
            job.catchUp();
        }
    }

    private WatchedJob join(UUID jobId, EventClient client, int lastSeq) {
        return watched.compute(jobId, (id, present) -> {
            WatchedJob job = present == null ? watch(id) : present;
            job.add(client, lastSeq);
            return job;
        });
    }

    private WatchedJob watch(UUID jobId) {
        WatchedJob job = new WatchedJob(jobId, seq -> jobs.eventsAfter(jobId, seq));
        job.subscribed(channel.subscribe(RedisNames.task(jobId))
                .subscribe()
                .with(
                        job::receive,
                        failure -> LOG.warnf("channel lost, the sweep goes on: job=%s reason=%s", jobId, failure)));
        return job;
    }

    private void leave(UUID jobId, EventClient client) {
        watched.computeIfPresent(jobId, (id, job) -> {
            if (!job.remove(client)) {
                return job;
            }
            job.unsubscribe();
            return null;
        });
    }
}
