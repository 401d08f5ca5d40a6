package io.storyreel.worker.removal;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.storage.ObjectUses;
import io.storyreel.worker.run.Chore;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;
import java.util.stream.StreamSupport;

/**
 * Takes away what deleted projects leave: first their jobs are stopped, then their files and steps go. Everything can be
 * done again, so a worker that dies in the middle of it leaves it to the next.
 */
@ApplicationScoped
class DeletedProjects implements Chore {
    private static final Logger LOG = Logger.getLogger(DeletedProjects.class);
    private static final int MOST_A_ROUND = 20;

    /** Two workers seldom look at the same project; if they do, no harm is done. */
    private static final String DUE =
            """
            update project_removal set look_at = clock_timestamp() + make_interval(secs => $2::float8)
            where project_id = any(array(select project_id from project_removal where look_at <= clock_timestamp()
                order by look_at limit $1 for update skip locked))
            returning project_id, workspace_id,
                asked_at <= clock_timestamp() - make_interval(secs => $3::float8) as settled
            """;

    private static final String ACTIVE =
            "select id from job where project_id = $1 and status in ('pending', 'processing')";

    private final Pool pool;
    private final JobStore jobs;
    private final ProjectRemains remains;
    private final RemovalSettings settings;

    /** @param settled whether every job that was accepted before the deletion is known by now */
    private record Deleted(UUID project, UUID workspace, boolean settled) {}

    DeletedProjects(Pool pool, JobStore jobs, ProjectRemains remains, RemovalSettings settings) {
        this.pool = pool;
        this.jobs = jobs;
        this.remains = remains;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "removing deleted projects";
    }

    @Override
    public Duration pause() {
        return settings.look();
    }

    @Override
    public Uni<Void> round(Path scratch) {
        Tuple values = Tuple.of(MOST_A_ROUND, seconds(settings.look()), seconds(settings.settle()));
        return pool.preparedQuery(DUE)
                .execute(values)
                .onItem()
                .transformToMulti(rows -> Multi.createFrom().iterable(rows))
                .map(DeletedProjects::deleted)
                .onItem()
                .transformToUniAndConcatenate(this::remove)
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private static Deleted deleted(Row row) {
        return new Deleted(row.getUUID("project_id"), row.getUUID("workspace_id"), row.getBoolean("settled"));
    }

    /** What a running job is about to write must not come after the removal: it is waited for. */
    private Uni<Deleted> remove(Deleted deleted) {
        return active(deleted)
                .chain(active -> active.isEmpty() && deleted.settled() ? clear(deleted) : stop(deleted, active))
                .replaceWith(deleted);
    }

    private Uni<List<UUID>> active(Deleted deleted) {
        return pool.preparedQuery(ACTIVE).execute(Tuple.of(deleted.project())).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(row -> row.getUUID("id"))
                .toList());
    }

    /** The API has done so too; but it may have died then, or a job may have been accepted at that very moment. */
    private Uni<Void> stop(Deleted deleted, List<UUID> active) {
        return Multi.createFrom()
                .iterable(active)
                .onItem()
                .transformToUniAndConcatenate(job -> jobs.cancel(deleted.workspace(), job))
                .collect()
                .asList()
                .replaceWithVoid();
    }

    private Uni<Void> clear(Deleted deleted) {
        UUID project = deleted.project();
        return whileTrue(() -> remains.giveUpShared(project))
                .chain(() -> whileTrue(() -> remains.giveUpExports(project)))
                .chain(() -> renders(project, ObjectUses.NOBODY))
                .chain(() -> whileTrue(() -> remains.removeSteps(project)))
                .chain(() -> remains.giveUpUploads(deleted.workspace(), project))
                .chain(more -> more
                        ? Uni.createFrom().voidItem()
                        : remains.close(project)
                                .invoke(() -> LOG.infof("deleted project cleared away: project=%s", project)));
    }

    private Uni<Void> renders(UUID project, UUID after) {
        return remains.giveUpRenders(project, after)
                .chain(last -> last == null ? Uni.createFrom().voidItem() : renders(project, last));
    }

    private static Uni<Void> whileTrue(Supplier<Uni<Boolean>> step) {
        return Multi.createBy()
                .repeating()
                .uni(() -> step.get())
                .whilst(more -> more)
                .collect()
                .last()
                .replaceWithVoid();
    }

    private static double seconds(Duration duration) {
        return duration.toMillis() / 1e3;
    }
}
