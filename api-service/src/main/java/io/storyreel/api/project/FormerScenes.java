package io.storyreel.api.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.project.ProjectStoryboards;
import io.storyreel.common.scene.SceneVersions;
import io.storyreel.common.storyboard.Scene;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;

/** Keeps what scenes show from being forgotten when their whole storyboard is replaced. */
@ApplicationScoped
class FormerScenes {
    private static final String STORYBOARD = "storyboard";

    private final Pool pool;
    private final ProjectStoryboards storyboards;
    private final SceneVersions versions;

    FormerScenes(Pool pool, ProjectStoryboards storyboards, SceneVersions versions) {
        this.pool = pool;
        this.storyboards = storyboards;
        this.versions = versions;
    }

    /** Notes what the scenes show, if the change is about them. That stays true whether the change is made or not. */
    Uni<Void> note(UUID workspace, UUID project, JsonNode patch) {
        if (patch == null || !patch.has(STORYBOARD)) {
            return Uni.createFrom().voidItem();
        }
        return pool.withTransaction(transaction -> storyboards
                .lock(transaction, List.of(workspace), project)
                .chain(locked -> locked == null ? Uni.createFrom().voidItem() : note(transaction, locked)));
    }

    private Uni<Void> note(SqlClient transaction, LockedProject project) {
        List<Integer> all =
                project.storyboard().scenes().stream().map(Scene::sceneIndex).toList();
        return versions.notePresent(transaction, project.id(), all);
    }
}
