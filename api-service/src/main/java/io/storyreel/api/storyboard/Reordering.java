package io.storyreel.api.storyboard;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.idempotency.ReservedId;
import io.storyreel.api.project.OwnedProjects;
import io.storyreel.api.project.SameStoryboard;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.project.ProjectStoryboards;
import io.storyreel.common.scene.SceneVersions;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.UUID;

/** Puts the scenes of a project into another order, with everything that follows them. */
@ApplicationScoped
class Reordering {
    private final OwnedProjects projects;
    private final ProjectStoryboards storyboards;
    private final SceneVersions versions;

    Reordering(OwnedProjects projects, ProjectStoryboards storyboards, SceneVersions versions) {
        this.projects = projects;
        this.storyboards = storyboards;
        this.versions = versions;
    }

    /**
     * Whoever changes the project at the same time waits for its row: of two orders the second is of the scenes as the
     * first has numbered them.
     *
     * @param specDigest the storyboard that is meant; another one by now is refused. Null for whatever it is
     * @param once an order by the present numbers is another one when it is repeated
     */
    Uni<Void> reorder(Collection<UUID> workspaces, UUID job, SceneOrder order, String specDigest, ReservedId once) {
        return projects.alone(
                workspaces, job, (transaction, project) -> reorder(transaction, project, order, specDigest)
                        .chain(() -> once.done(transaction)));
    }

    private Uni<Void> reorder(SqlClient transaction, LockedProject project, SceneOrder order, String specDigest) {
        SameStoryboard.require(specDigest, project.specDigest());
        order.requireAllOf(project.storyboard());
        return OwnedProjects.requireNoRender(transaction, project).chain(() -> save(transaction, project, order));
    }

    private Uni<Void> save(SqlClient transaction, LockedProject project, SceneOrder order) {
        return versions.renumber(transaction, project.id(), order.numbers())
                .chain(() -> storyboards.save(transaction, project, order.of(project.storyboard())))
                .replaceWithVoid();
    }
}
