package io.storyreel.api.storyboard;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.project.ProjectStoryboards;
import io.storyreel.common.scene.SceneVersions;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.UUID;

/** Puts the scenes of a project into another order, with everything that follows them. */
@ApplicationScoped
class Reordering {
    private static final String RENDERING =
            "select from job where project_id = $1 and kind = 'render' and status in ('pending', 'processing')";

    private final Pool pool;
    private final ProjectStoryboards storyboards;
    private final SceneVersions versions;

    Reordering(Pool pool, ProjectStoryboards storyboards, SceneVersions versions) {
        this.pool = pool;
        this.storyboards = storyboards;
        this.versions = versions;
    }

    /**
     * Whoever changes the project at the same time waits for its row: of two orders the second is of the scenes as the
     * first has numbered them.
     *
     * @param specDigest the storyboard that is meant; another one by now is refused. Null for whatever it is
     */
    Uni<Void> reorder(Collection<UUID> workspaces, UUID job, SceneOrder order, String specDigest) {
        return pool.withTransaction(transaction -> storyboards
                .lock(transaction, workspaces, job)
                .onItem()
                .ifNull()
                .failWith(() -> StoryboardJobs.missing(job))
                .invoke(project -> requireSame(project, specDigest))
                .invoke(project -> order.requireAllOf(project.storyboard()))
                .call(project -> requireNoRender(transaction, project))
                .chain(project -> save(transaction, project, order)));
    }

    private static void requireSame(LockedProject project, String specDigest) {
        if (specDigest != null && !specDigest.equals(project.specDigest())) {
            throw new ProblemException(
                    ProblemCode.STALE_VERSION, "The storyboard was changed meanwhile: look at it, then repeat.");
        }
    }

    /** The video would come in the former order, and nobody would expect that. */
    private static Uni<Void> requireNoRender(SqlClient transaction, LockedProject project) {
        return transaction
                .preparedQuery(RENDERING)
                .execute(Tuple.of(project.id()))
                .invoke(rows -> {
                    if (rows.size() > 0) {
                        throw new ProblemException(
                                ProblemCode.ALREADY_RENDERING,
                                "A render of this job is under way, in the present order: wait for it, or cancel it"
                                        + " first.");
                    }
                })
                .replaceWithVoid();
    }

    private Uni<Void> save(SqlClient transaction, LockedProject project, SceneOrder order) {
        return versions.renumber(transaction, project.id(), order.numbers())
                .chain(() -> storyboards.save(transaction, project, order.of(project.storyboard())))
                .replaceWithVoid();
    }
}
