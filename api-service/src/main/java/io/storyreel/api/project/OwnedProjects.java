package io.storyreel.api.project;

import io.smallrye.mutiny.Uni;
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

/** Changes the storyboard of a project of the caller's, one request after the other. */
@ApplicationScoped
public class OwnedProjects {
    private static final String RENDERING =
            "select from job where project_id = $1 and kind = 'render' and status in ('pending', 'processing')";

    private final Pool pool;
    private final ProjectStoryboards storyboards;

    OwnedProjects(Pool pool, ProjectStoryboards storyboards) {
        this.pool = pool;
        this.storyboards = storyboards;
    }

    /**
     * Does the work in a transaction that has locked the project; fails if none of the workspaces has such a project. The
     * work asks for no other connection: if all who wait for the lock did, there would be none left for who has it.
     */
    public <T> Uni<T> alone(
            Collection<UUID> workspaces, UUID project, BiFunction<SqlClient, LockedProject, Uni<T>> work) {
        return pool.withTransaction(transaction -> storyboards
                .lock(transaction, workspaces, project)
                .onItem()
                .ifNull()
                .failWith(() -> missing(project))
                .chain(locked -> work.apply(transaction, locked)));
    }

    /** The video under way would not be of what the user has just asked for, and would be paid for all the same. */
    public static Uni<Void> requireNoRender(SqlClient transaction, LockedProject project) {
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

    public static ProblemException missing(UUID project) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no job " + project + ".");
    }
}
