package io.storyreel.api.progress;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.queue.QueuePositions;
import io.storyreel.api.queue.WaitingLine;
import io.storyreel.api.queue.WaitingLine.Waiter;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.job.JobEvent;
import io.storyreel.common.job.JobView;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.StreamSupport;

/** Where the jobs of workspaces stand, told as events. */
@ApplicationScoped
class WorkspaceState {
    private static final String ACTIVE = "select " + JobView.COLUMNS
            + """
             from job where workspace_id = $1 and status in ('pending', 'processing')
            order by created_at desc, id desc limit $2
            """;

    private static final String CHANGED = "select " + JobView.COLUMNS
            + """
             from job where id = any($1) or (workspace_id = any($2) and created_at > $3)
            order by created_at, id limit $4
            """;

    private final Pool pool;
    private final QueuePositions positions;
    private final Clock clock;

    WorkspaceState(Pool pool, QueuePositions positions, Clock clock) {
        this.pool = pool;
        this.positions = positions;
        this.clock = clock;
    }

    /** The active jobs, newest first. */
    Uni<List<JobEvent>> active(UUID workspace, int most) {
        return read(ACTIVE, Tuple.of(workspace, most));
    }

    /** These jobs, and all that were made since. */
    Uni<List<JobEvent>> of(Collection<UUID> jobs, Collection<UUID> workspaces, Instant since, int most) {
        return read(
                CHANGED,
                Tuple.of(
                        jobs.toArray(UUID[]::new),
                        workspaces.toArray(UUID[]::new),
                        since.atOffset(ZoneOffset.UTC),
                        most));
    }

    private Uni<List<JobEvent>> read(String sql, Tuple values) {
        return pool.preparedQuery(sql)
                .execute(values)
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(JobView::of)
                        .toList())
                .chain(this::events);
    }

    /** Asks for the queue only if one of them is in it. */
    private Uni<List<JobEvent>> events(List<JobView> jobs) {
        Uni<WaitingLine> line = jobs.stream().anyMatch(JobView::isQueued)
                ? positions.line()
                : Uni.createFrom().nullItem();
        return line.map(waiting -> jobs.stream().map(job -> event(job, waiting)).toList());
    }

    /** @param line null if nobody knows it */
    private JobEvent event(JobView job, WaitingLine line) {
        Integer place =
                !job.isQueued() || line == null ? job.waitingPosition() : Integer.valueOf(line.placeOf(Waiter.of(job)));
        return new JobEvent(
                job.id(),
                job.workspaceId(),
                job.projectId(),
                job.lastEvent(),
                job.completedAt() == null ? clock.instant() : job.completedAt(),
                type(job),
                job.status(),
                job.progress(),
                job.stage(),
                null,
                job.scenesCompleted(),
                job.scenesTotal(),
                job.message(),
                job.isQueued() ? JobChange.QUEUE : job.waitingReason(),
                job.waitingUntil(),
                place,
                job.waitingProvider(),
                job.errorCode());
    }

    private static JobEvent.Type type(JobView job) {
        return switch (job.status()) {
            case COMPLETED -> JobEvent.Type.COMPLETED;
            case FAILED -> JobEvent.Type.FAILED;
            case CANCELED -> JobEvent.Type.CANCELED;
            default -> !job.isQueued() && job.waitingReason() == null ? JobEvent.Type.PROGRESS : JobEvent.Type.WAITING;
        };
    }
}
