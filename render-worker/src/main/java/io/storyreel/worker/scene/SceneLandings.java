package io.storyreel.worker.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.LeaseLostException;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.project.ProjectStoryboards;
import io.storyreel.common.scene.SceneChanges;
import io.storyreel.common.scene.SceneImageOrder;
import io.storyreel.common.scene.SceneVersion;
import io.storyreel.common.scene.SceneVersions;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Brings pictures to their scenes: the file, the history and the storyboard in one transaction. */
@ApplicationScoped
class SceneLandings {
    private static final String ADD_FILE =
            """
            insert into asset (workspace_id, sha256, extension, media_type, size_bytes) values ($1, $2, $3, $4, $5)
            on conflict do nothing
            """;

    private static final String STILL_OURS =
            "select from job where id = $1 and lease_epoch = $2 and lease_owner is not null";

    private final Pool pool;
    private final ProjectStoryboards storyboards;
    private final SceneVersions versions;
    private final SceneChanges changes;

    SceneLandings(Pool pool, ProjectStoryboards storyboards, SceneVersions versions, SceneChanges changes) {
        this.pool = pool;
        this.storyboards = storyboards;
        this.versions = versions;
        this.changes = changes;
    }

    /** The version that the picture is for; the item is null if it went with its project. */
    Uni<SceneVersion> wanted(ClaimedJob job, SceneImageOrder order) {
        return versions.find(pool, job.projectId(), order.versionId());
    }

    /**
     * Fails if the job is somebody else's by now. A second time nothing happens. The item is null if the project is
     * gone.
     */
    Uni<LandedPicture> land(ClaimedJob job, SceneImageOrder order, KeptPicture picture) {
        return pool.withTransaction(transaction -> storyboards
                .lock(transaction, List.of(job.workspaceId()), job.projectId())
                .chain(project -> project == null
                        ? Uni.createFrom().nullItem()
                        : requireLease(transaction, job)
                                .chain(() -> addFile(transaction, job, picture))
                                .chain(() -> land(transaction, project, order, picture))));
    }

    private Uni<LandedPicture> land(
            SqlClient transaction, LockedProject project, SceneImageOrder order, KeptPicture picture) {
        String url = picture.reference().url();
        return versions.find(transaction, project.id(), order.versionId())
                .chain(version -> changes.land(transaction, project, version, url)
                        .map(shown -> new LandedPicture(version.id(), version.scene(), url, shown)));
    }

    /** A worker that has lost the job must not change what another one, or the user, has seen to since. */
    private static Uni<Void> requireLease(SqlClient transaction, ClaimedJob job) {
        return transaction
                .preparedQuery(STILL_OURS)
                .execute(Tuple.of(job.id(), job.lease().epoch()))
                .invoke(rows -> {
                    if (rows.size() == 0) {
                        throw new LeaseLostException(job.lease());
                    }
                })
                .replaceWithVoid();
    }

    private static Uni<Void> addFile(SqlClient transaction, ClaimedJob job, KeptPicture picture) {
        Tuple values = Tuple.of(
                job.workspaceId(),
                picture.reference().sha256(),
                picture.reference().extension(),
                picture.mediaType(),
                picture.size());
        return transaction.preparedQuery(ADD_FILE).execute(values).replaceWithVoid();
    }
}
