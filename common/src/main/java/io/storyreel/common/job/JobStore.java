package io.storyreel.common.job;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.batch.MicroBatch;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/**
 * Every state change of a job, each one conditional statement that also writes the event (see {@link JobSql}). Calls
 * that arrive together share one commit.
 *
 * <p>Nothing here retries: whoever calls knows how long it may wait.
 */
@ApplicationScoped
public class JobStore {
    private final Pool pool;
    private final MicroBatch<NewJob, Acceptance> acceptances;
    private final MicroBatch<Advance, AdvanceAnswer> advances;
    private final MicroBatch<WorkspaceJob, Found> reads;
    private final MicroBatch<HistoryPart, List<JobEvent>> histories;

    private record Advance(Lease lease, JobChange change) {}

    /** @param event null if the lease was lost */
    private record AdvanceAnswer(JobEvent event) {}

    private record WorkspaceJob(UUID workspaceId, UUID jobId) {}

    private record Found(JobView job) {}

    /** @param seq the last event that is known */
    private record HistoryPart(UUID jobId, int seq) {}

    public JobStore(Pool pool) {
        this.pool = pool;
        this.acceptances = StatementBatch.of("accepting jobs", this::acceptAll);
        this.advances = StatementBatch.of("recording progress", this::advanceAll);
        this.reads = StatementBatch.of("reading jobs", this::findAll);
        this.histories = StatementBatch.of("reading histories", this::eventsOfAll);
    }

    /**
     * Writes the job if its project still is what was estimated; nothing is written otherwise. Asks no budget: what
     * may cost money goes through {@link PaidJobs}.
     */
    public Uni<Acceptance> accept(NewJob job) {
        return acceptances.submit(job);
    }

    /** The job, or null if this workspace has none of that id. */
    public Uni<JobView> find(UUID workspaceId, UUID jobId) {
        return reads.submit(new WorkspaceJob(workspaceId, jobId)).map(Found::job);
    }

    /** Takes those of the jobs that are still waiting; the others are somebody else's or have ended. */
    public Uni<List<ClaimedJob.Claim>> claim(Collection<UUID> jobs, UUID worker) {
        return query(JobSql.CLAIM, Tuple.of(jobs.toArray(UUID[]::new), worker), JobRows::claim);
    }

    /** Fails with {@link LeaseLostException} if the job has changed hands or has ended. */
    public Uni<JobEvent> advance(Lease lease, JobChange change) {
        return advances.submit(new Advance(lease, change)).map(answer -> {
            if (answer.event() == null) {
                throw new LeaseLostException(lease);
            }
            return answer.event();
        });
    }

    /** The event that tells of the cancellation, or null if there was nothing to cancel any more. */
    public Uni<JobEvent> cancel(UUID workspaceId, UUID jobId) {
        return query(JobSql.CANCEL, Tuple.of(jobId, workspaceId), JobRows::event)
                .map(events -> events.isEmpty() ? null : events.get(0));
    }

    /** Puts the jobs of dead workers back into the queue; those that lost too many workers fail. */
    public Uni<List<JobEvent>> takeOver(int mostJobs, int mostLosses) {
        return query(JobSql.TAKE_OVER, Tuple.of(mostJobs, mostLosses), JobRows::event);
    }

    /** Pending jobs that should be rung for now. */
    public Uni<List<WaitingJob>> dueForRinging(int most) {
        return query(JobSql.DUE_FOR_RINGING, Tuple.of(most), WaitingJob::of);
    }

    /** The history after the event numbered {@code seq}, in order. */
    public Uni<List<JobEvent>> eventsAfter(UUID jobId, int seq) {
        return histories.submit(new HistoryPart(jobId, seq));
    }

    /** Results (JSON) of the steps that are finished, by name. */
    public Uni<Map<String, String>> steps(UUID jobId) {
        return pool.preparedQuery(JobSql.STEPS).execute(Tuple.of(jobId)).map(rows -> {
            Map<String, String> steps = new HashMap<>();
            rows.forEach(row -> steps.put(row.getString("step"), row.getString("result")));
            return steps;
        });
    }

    private Uni<List<Acceptance>> acceptAll(List<NewJob> jobs) {
        NewJobArrays.Statement statement = NewJobArrays.statement(
                jobs, AcceptanceSql.OF_FREE_JOBS, AcceptanceSql.OF_APPROVING_FREE_JOBS, NewJobArrays.of(jobs));
        return pool.preparedQuery(statement.sql()).execute(statement.values()).map(rows -> {
            Map<UUID, Acceptance> answers = new HashMap<>();
            rows.forEach(row -> answers.put(row.getUUID("id"), NewJobArrays.acceptance(row)));
            return jobs.stream().map(job -> answers.get(job.id())).toList();
        });
    }

    private Uni<List<AdvanceAnswer>> advanceAll(List<Advance> wanted) {
        // One statement changes a row once only: further changes of the same job wait for the next round.
        List<Advance> now = new ArrayList<>();
        List<Advance> later = new ArrayList<>();
        Set<UUID> taken = new HashSet<>();
        wanted.forEach(advance -> (taken.add(advance.lease().jobId()) ? now : later).add(advance));
        Uni<Map<Advance, AdvanceAnswer>> answers = advanceEach(now);
        if (!later.isEmpty()) {
            answers = answers.chain(first -> advanceAll(later).map(rest -> {
                for (int i = 0; i < later.size(); i++) {
                    first.put(later.get(i), rest.get(i));
                }
                return first;
            }));
        }
        return answers.map(found -> wanted.stream().map(found::get).toList());
    }

    private Uni<Map<Advance, AdvanceAnswer>> advanceEach(List<Advance> advances) {
        return query(statement(advances), AdvanceArrays.of(advances, Advance::lease, Advance::change), JobRows::event)
                .map(events -> {
                    Map<UUID, JobEvent> byJob = new HashMap<>();
                    events.forEach(event -> byJob.put(event.jobId(), event));
                    Map<Advance, AdvanceAnswer> answers = new HashMap<>();
                    advances.forEach(advance -> answers.put(
                            advance, new AdvanceAnswer(byJob.get(advance.lease().jobId()))));
                    return answers;
                });
    }

    private static String statement(List<Advance> advances) {
        if (advances.stream().anyMatch(advance -> advance.change().status().isCutShort())) {
            return JobSql.ADVANCE_AND_LEAVE;
        }
        return advances.stream().anyMatch(advance -> advance.change().status().isFinal())
                ? JobSql.ADVANCE_AND_TELL
                : JobSql.ADVANCE;
    }

    private Uni<List<Found>> findAll(List<WorkspaceJob> wanted) {
        String sql = "select " + JobView.COLUMNS + " from job where id = any($1)";
        Tuple ids = Tuple.tuple().addValue(StatementBatch.column(wanted, WorkspaceJob::jobId, UUID[]::new));
        return query(sql, ids, JobView::of).map(jobs -> {
            Map<UUID, JobView> byId = new HashMap<>();
            jobs.forEach(job -> byId.put(job.id(), job));
            return wanted.stream()
                    .map(one -> new Found(visible(byId.get(one.jobId()), one)))
                    .toList();
        });
    }

    private Uni<List<List<JobEvent>>> eventsOfAll(List<HistoryPart> wanted) {
        Tuple arrays = Tuple.of(
                StatementBatch.column(wanted, HistoryPart::jobId, UUID[]::new),
                StatementBatch.column(wanted, HistoryPart::seq, Integer[]::new));
        return pool.preparedQuery(JobSql.EVENTS_AFTER).execute(arrays).map(rows -> {
            List<List<JobEvent>> answers = new ArrayList<>();
            wanted.forEach(one -> answers.add(new ArrayList<>()));
            rows.forEach(row -> answers.get(row.getLong("asked").intValue() - 1).add(JobRows.event(row)));
            return answers;
        });
    }

    private static JobView visible(JobView job, WorkspaceJob asked) {
        return job != null && job.workspaceId().equals(asked.workspaceId()) ? job : null;
    }

    private <T> Uni<List<T>> query(String sql, Tuple arguments, Function<Row, T> reader) {
        return pool.preparedQuery(sql).execute(arguments).map(rows -> read(rows, reader));
    }

    private static <T> List<T> read(RowSet<Row> rows, Function<Row, T> reader) {
        return StreamSupport.stream(rows.spliterator(), false).map(reader).toList();
    }
}
