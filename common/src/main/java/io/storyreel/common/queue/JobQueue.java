package io.storyreel.common.queue;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobPriority;
import io.storyreel.common.job.WaitingJob;
import io.storyreel.common.job.Workload;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * The doorbell: says that a job is ready, never what it is. Losing an entry, or all of Redis, loses nothing, because
 * the dispatcher rings again for every pending job.
 */
@ApplicationScoped
public class JobQueue {
    /** Bounds the stream when no worker reads it; the dispatcher rings again for what is trimmed. */
    private static final int LONGEST_STREAM = 100_000;

    private static final Duration DEADLINE = Duration.ofSeconds(5);

    private final RedisLink link;

    public JobQueue(Redis redis) {
        this.link = new RedisLink(redis);
    }

    /** Rings for all of them in one write. A failure is no loss, only a delay until the dispatcher rings. */
    public Uni<Void> ring(List<WaitingJob> jobs) {
        if (jobs.isEmpty()) {
            return Uni.createFrom().voidItem();
        }
        return link.sendAll(jobs.stream().map(JobQueue::entry).toList(), DEADLINE)
                .replaceWithVoid();
    }

    /** Entries that nobody has taken yet, whatever their workload and priority. */
    public Uni<Long> length() {
        List<Request> lengths = Arrays.stream(Workload.values())
                .flatMap(workload -> JobPriority.FIRST_TO_LAST.stream()
                        .map(priority -> Request.cmd(Command.XLEN).arg(RedisNames.jobs(workload, priority))))
                .toList();
        return link.sendAll(lengths, DEADLINE)
                .map(answers -> answers.stream().mapToLong(Response::toLong).sum());
    }

    /** Tells the worker that runs the job to look whether it is to be canceled. */
    public Uni<Void> ringForCancellation(java.util.UUID jobId) {
        Request publish =
                Request.cmd(Command.PUBLISH).arg(RedisNames.CANCELLATIONS).arg(jobId.toString());
        return link.send(publish, DEADLINE).replaceWithVoid();
    }

    private static Request entry(WaitingJob job) {
        Request add = Request.cmd(Command.XADD)
                .arg(RedisNames.jobs(job.workload(), job.priority()))
                .arg("MAXLEN")
                .arg("~")
                .arg(LONGEST_STREAM)
                .arg("*")
                .arg("job_id")
                .arg(job.id().toString())
                .arg("kind")
                .arg(job.kind().wireName());
        return job.traceparent() == null ? add : add.arg("traceparent").arg(job.traceparent());
    }
}
