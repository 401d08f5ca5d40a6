package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Projects that can be planned or rendered; the failure says what is in the way of one that cannot. */
@ApplicationScoped
class ReadyProjects {
    private final ProjectHeads projects;

    ReadyProjects(ProjectHeads projects) {
        this.projects = projects;
    }

    /** One that may be rendered. */
    Uni<ProjectHead> approved(UUID workspace, UUID project) {
        return existing(workspace, project)
                .invoke(ReadyProjects::requireApproved)
                .invoke(ReadyProjects::requirePictures);
    }

    /** One whose scenes all have a picture, approved or not. */
    Uni<ProjectHead> complete(UUID workspace, UUID project) {
        return existing(workspace, project).invoke(ReadyProjects::requirePictures);
    }

    private Uni<ProjectHead> existing(UUID workspace, UUID project) {
        return projects.find(workspace, project)
                .onItem()
                .ifNull()
                .failWith(() -> new ProblemException(
                        ProblemCode.NOT_FOUND, "There is no project " + project + " in this workspace."));
    }

    private static void requireApproved(ProjectHead head) {
        if (!head.approved()) {
            throw new ProblemException(
                    ProblemCode.NOT_APPROVED, "Approve the project first: PATCH it with {\"approved\": true}.");
        }
    }

    private static void requirePictures(ProjectHead head) {
        if (!head.scenesWithoutImage().isEmpty()) {
            throw new ProblemException(
                    ProblemCode.STORYBOARD_INCOMPLETE,
                    "Some scenes have no picture yet; see errors.",
                    head.scenesWithoutImage().stream()
                            .map(scene -> new Violation(
                                    "storyboard[scene_index=" + scene + "].image_url",
                                    "scene " + scene
                                            + " has a prompt but no picture yet: give its image_url, or have it made by"
                                            + " POST /api/v2/jobs/" + head.id() + "/images"))
                            .toList());
        }
    }
}
