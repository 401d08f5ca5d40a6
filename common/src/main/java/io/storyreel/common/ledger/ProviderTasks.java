package io.storyreel.common.ledger;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.batch.MicroBatch;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.job.LeaseLostException;
import io.storyreel.common.job.StatementBatch;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

/**
 * The ledger of attempts: written before a provider is called and again when it has answered. Calls that arrive
 * together share one commit. Nothing here retries: whoever calls knows how long it may wait.
 */
@ApplicationScoped
public class ProviderTasks {
    private final Pool pool;
    private final MicroBatch<Purchase, Begun> purchases;
    private final MicroBatch<TaskChange, Boolean> changes;

    /** @param task null if the lease was lost */
    private record Begun(ProviderTask task) {}

    private record Slot(UUID jobId, Purpose purpose, int scene, int part) {}

    public ProviderTasks(Pool pool) {
        this.pool = pool;
        this.purchases = StatementBatch.of("beginning provider tasks", this::beginAll);
        this.changes = StatementBatch.of("recording provider tasks", this::changeAll);
    }

    /**
     * The attempt that counts: one that is open or has succeeded is adopted, otherwise a new one is written down. Only
     * then may the provider be called. Fails with {@link LeaseLostException} if the job is somebody else's.
     */
    public Uni<ProviderTask> begin(Purchase purchase) {
        return purchases.submit(purchase).map(begun -> {
            if (begun.task() == null) {
                throw new LeaseLostException(purchase.lease());
            }
            return begun.task();
        });
    }

    /**
     * The provider is about to be called: from now on it may have the task. The item is false, and it must not be called,
     * if another call for the attempt has left, or if the attempt or its job has ended meanwhile.
     *
     * @param call names this call, so that it may be said again that it leaves
     * @param knownAgain whether the provider makes one task of the attempt however often it is called
     */
    public Uni<Boolean> sending(ProviderTask task, UUID call, boolean knownAgain) {
        return pool.preparedQuery(LedgerSql.SENDING)
                .execute(LedgerRows.key(task).addUUID(call).addBoolean(knownAgain))
                .map(rows -> rows.rowCount() > 0);
    }

    /** The provider has answered the call by saying that it does not take the task now. */
    public Uni<Void> notSent(ProviderTask task, UUID call) {
        return execute(LedgerSql.NOT_SENT, LedgerRows.key(task).addUUID(call));
    }

    /** What was made has cost {@code cost} USD; written before it is kept, as a crash in between must leave no doubt. */
    public Uni<Void> charged(ProviderTask task, BigDecimal cost) {
        return execute(LedgerSql.CHARGED, LedgerRows.key(task).addBigDecimal(cost));
    }

    /** The provider has not got the task, and nothing was charged. */
    public Uni<Void> notAccepted(ProviderTask task, String reason) {
        return execute(LedgerSql.NOT_ACCEPTED, LedgerRows.key(task).addString(reason));
    }

    private Uni<Void> execute(String sql, Tuple arguments) {
        return pool.preparedQuery(sql).execute(arguments).replaceWithVoid();
    }

    /**
     * The provider has accepted the task; to be called at once, so that it can be adopted.
     *
     * @param handle JSON text of how to reach the task, or null
     * @param costEstimated the provider's own figure; null if it gives none
     */
    public Uni<Void> running(ProviderTask task, String providerTaskId, String handle, BigDecimal costEstimated) {
        return change(TaskChange.to(task, TaskState.RUNNING).accepted(providerTaskId, handle, costEstimated));
    }

    /** The provider has another word for where the task stands. */
    public Uni<Void> seen(ProviderTask task, String state) {
        return change(TaskChange.to(task, TaskState.RUNNING).seeing(state));
    }

    /** A task that was left behind is waited for again. */
    public Uni<Void> resumed(ProviderTask task) {
        return change(TaskChange.to(task, TaskState.RUNNING));
    }

    /**
     * Nobody waits for the task any more, though it runs on and may yet be charged.
     *
     * @param look when to look at it again
     */
    public Uni<Void> left(ProviderTask task, String reason, Duration look) {
        return change(TaskChange.to(task, task.state()).because(reason).lookingAgainIn(look));
    }

    /** @param costActual in USD, exact */
    public Uni<Void> succeeded(ProviderTask task, String state, BigDecimal costActual, String resultJson) {
        return change(TaskChange.to(task, TaskState.SUCCEEDED)
                .seeing(state)
                .charged(costActual)
                .made(resultJson));
    }

    /**
     * @param state the provider's word for it; null if it was never heard
     * @param costActual what was charged all the same, in USD
     */
    public Uni<Void> failed(ProviderTask task, String state, BigDecimal costActual, String error) {
        return change(TaskChange.to(task, TaskState.FAILED)
                .seeing(state)
                .charged(costActual)
                .because(error));
    }

    /**
     * The attempt was ended on the user's wish.
     *
     * @param costActual what was charged all the same, in USD; null if that is unknown
     */
    public Uni<Void> canceled(ProviderTask task, BigDecimal costActual, String reason) {
        return change(
                TaskChange.to(task, TaskState.CANCELED).charged(costActual).because(reason));
    }

    /** Gives the attempt up because nobody knows whether the provider got it. */
    public Uni<Void> lost(ProviderTask task) {
        return change(TaskChange.to(task, TaskState.LOST).because("its outcome is unknown"));
    }

    /** The job's open attempts are looked at after {@code time}, unless they have ended by then. */
    public Uni<Void> leaveOpen(UUID jobId, Duration time) {
        return execute(LedgerSql.LEAVE, Tuple.of(jobId, time.toMillis()));
    }

    /** A task that nobody waits for, and how its job ended, or stands. */
    public record LeftTask(ProviderTask task, JobStatus job, String specDigest) {}

    /**
     * Tasks that are due to be looked at; nobody else gets them for {@code time}.
     *
     * @param most at least 1
     */
    public Uni<List<LeftTask>> takeLeft(int most, Duration time) {
        return pool.preparedQuery(LedgerSql.TAKE_LEFT)
                .execute(Tuple.of(most, time.toMillis()))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> new LeftTask(
                                LedgerRows.task(row),
                                JobStatus.of(row.getString("job_status")),
                                row.getString("spec_digest")))
                        .toList());
    }

    /** What the workspace has got already of these digests: JSON text by digest. */
    public Uni<Map<String, String>> made(UUID workspace, Collection<String> digests) {
        return pool.preparedQuery(LedgerSql.MADE)
                .execute(Tuple.of(workspace, digests.toArray(String[]::new)))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .collect(Collectors.toMap(row -> row.getString("digest"), row -> row.getString("result"))));
    }

    /** What the job has got of these digests is of no use any more. What it was charged stays. */
    public Uni<Void> useless(UUID jobId, Collection<String> digests, String reason) {
        return execute(LedgerSql.USELESS, Tuple.of(jobId, digests.toArray(String[]::new), reason));
    }

    /** The job's attempts that have not ended as far as anybody knows. */
    public Uni<List<ProviderTask>> open(UUID jobId) {
        return pool.preparedQuery(LedgerSql.OPEN).execute(Tuple.of(jobId)).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(LedgerRows::task)
                .toList());
    }

    /** What was charged after the job ended counts in what it has cost; nothing happens while it is active. */
    public Uni<Void> settleLate(UUID jobId) {
        return execute(LedgerSql.SETTLE_LATE, Tuple.of(jobId));
    }

    /** What the job was charged so far by all providers, in USD, exact. */
    public Uni<BigDecimal> spent(UUID jobId) {
        return amount(LedgerSql.SPENT, jobId);
    }

    /** What it may have been charged besides, in USD, exact: the estimates of attempts whose outcome nobody knows. */
    public Uni<BigDecimal> possible(UUID jobId) {
        return amount(LedgerSql.POSSIBLE, jobId);
    }

    private Uni<BigDecimal> amount(String sql, UUID jobId) {
        return pool.preparedQuery(sql)
                .execute(Tuple.of(jobId))
                .map(rows -> rows.iterator().next().getBigDecimal("amount"));
    }

    private Uni<Void> change(TaskChange change) {
        return changes.submit(change).replaceWithVoid();
    }

    private Uni<List<Begun>> beginAll(List<Purchase> wanted) {
        return pool.preparedQuery(LedgerSql.BEGIN)
                .execute(LedgerRows.ofPurchases(wanted))
                .map(rows -> {
                    Map<Slot, ProviderTask> tasks = new HashMap<>();
                    for (Row row : rows) {
                        ProviderTask task = LedgerRows.task(row);
                        tasks.put(new Slot(task.jobId(), task.purpose(), task.scene(), task.part()), task);
                    }
                    return wanted.stream()
                            .map(one -> new Begun(tasks.get(slot(one))))
                            .toList();
                });
    }

    private Uni<List<Boolean>> changeAll(List<TaskChange> wanted) {
        return pool.preparedQuery(LedgerSql.CHANGE)
                .execute(LedgerRows.ofChanges(wanted))
                .map(done -> wanted.stream().map(change -> Boolean.TRUE).toList());
    }

    private static Slot slot(Purchase wanted) {
        return new Slot(wanted.lease().jobId(), wanted.purpose(), wanted.scene(), wanted.part());
    }
}
