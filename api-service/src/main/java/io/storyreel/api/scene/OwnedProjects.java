package io.storyreel.api.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.provider.ProviderBoard;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.project.ProjectStoryboards;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.UUID;
import java.util.function.BiFunction;

/** Works on a project of the caller's, one request after the other. */
@ApplicationScoped
class OwnedProjects {
    private static final String RENDERING =
            "select from job where project_id = $1 and kind = 'render' and status in ('pending', 'processing')";

    private final Pool pool;
    private final ProjectStoryboards storyboards;
    private final ProviderBoard board;

    OwnedProjects(Pool pool, ProjectStoryboards storyboards, ProviderBoard board) {
        this.pool = pool;
        this.storyboards = storyboards;
        this.board = board;
    }

    /** Does the work in a transaction that has locked the project; fails if none of the workspaces has such a project. */
    <T> Uni<T> alone(Collection<UUID> workspaces, UUID project, BiFunction<SqlClient, LockedProject, Uni<T>> work) {
        // Within the transaction only what is known of providers counts.
        return board.offers()
                .chain(() -> pool.withTransaction(transaction -> storyboards
                        .lock(transaction, workspaces, project)
                        .onItem()
                        .ifNull()
                        .failWith(() -> missing(project))
                        .chain(locked -> work.apply(transaction, locked))));
    }

    /** The video under way would not be of what the user has just asked for, and would be paid for all the same. */
    static Uni<Void> requireNoRender(SqlClient transaction, LockedProject project) {
        return transaction
                .preparedQuery(RENDERING)
                .execute(Tuple.of(project.id()))
                .invoke(rows -> {
                    if (rows.size() > 0) {
                        throw new ProblemException(
                                ProblemCode.ALREADY_RENDERING,
                                "A render of this job is under way, of its scenes as they are: wait for it, or cancel it"
                                        + " first.");
                    }
                })
                .replaceWithVoid();
    }

    static ProblemException missing(UUID project) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no job " + project + ".");
    }
}
