package io.storyreel.api.project;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.hibernate.reactive.panache.common.WithSession;
import io.quarkus.hibernate.reactive.panache.common.WithTransaction;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.idempotency.ReservedId;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/** What can be done with projects. */
@ApplicationScoped
class Projects {
    private final VideoProjects rows;
    private final UploadedFiles files;
    private final ProjectPatch patches;
    private final ProjectDeletion deletion;
    private final Clock clock;

    Projects(VideoProjects rows, UploadedFiles files, ProjectPatch patches, ProjectDeletion deletion, Clock clock) {
        this.rows = rows;
        this.files = files;
        this.patches = patches;
        this.deletion = deletion;
        this.clock = clock;
    }

    @WithTransaction
    Uni<VideoProject> create(UUID workspace, ProjectRequest request) {
        ReservedId id = ReservedId.current();
        return id.madeOr(made -> rows.findIn(workspace, made), () -> create(workspace, id.value(), request));
    }

    private Uni<VideoProject> create(UUID workspace, UUID id, ProjectRequest request) {
        ProjectRules.check(request);
        VideoProject project = new VideoProject();
        project.id = id;
        project.workspaceId = workspace;
        project.createdAt = now();
        project.describe(request, true, project.createdAt);
        return saved(workspace, project);
    }

    @WithSession
    Uni<VideoProject> find(UUID workspace, UUID id) {
        return existing(workspace, id);
    }

    /** Those of the ids that are there, newest first. */
    @WithSession
    Uni<List<VideoProject>> all(UUID workspace, List<UUID> ids) {
        return rows.all(workspace, ids);
    }

    /** @param ifMatch entity tag of the version that the change was made for */
    @WithTransaction
    Uni<VideoProject> change(UUID workspace, UUID id, String ifMatch, JsonNode patch) {
        return existing(workspace, id).chain(project -> {
            EntityTags.check(ifMatch, project.version);
            ProjectRequest wanted = patches.apply(patch, project);
            ProjectRules.check(wanted);
            project.describe(wanted, patches.saysApproved(patch), now());
            return saved(workspace, project);
        });
    }

    /** Saving locks the uploads that the storyboard names: those that are there then are not removed meanwhile. */
    private Uni<VideoProject> saved(UUID workspace, VideoProject project) {
        return rows.save(project).call(() -> files.check(workspace, project.storyboard));
    }

    Uni<Void> delete(UUID workspace, UUID id) {
        return deletion.delete(workspace, id)
                .invoke(deleted -> {
                    if (!deleted) {
                        throw missing(id);
                    }
                })
                .replaceWithVoid();
    }

    private Uni<VideoProject> existing(UUID workspace, UUID id) {
        return rows.findIn(workspace, id).onItem().ifNull().failWith(() -> missing(id));
    }

    private static ProblemException missing(UUID id) {
        return new ProblemException(
                ProblemCode.NOT_FOUND, "There is no project " + id + " in this workspace.", List.of());
    }

    /** As exact as the database keeps it, so that what is answered first and read later is the same. */
    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
