package io.storyreel.api.scene;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.dispatch.Doorbell;
import io.storyreel.api.project.OwnedProjects;
import io.storyreel.api.scene.SceneImageJobs.Commission;
import io.storyreel.common.job.ProjectJob;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.scene.SceneVersions;
import io.storyreel.common.storyboard.Scene;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Has pictures made for all scenes that have only words of one. All of them are accepted, or none. */
@ApplicationScoped
class MissingPictures {
    private final OwnedProjects projects;
    private final Painters painters;
    private final SceneVersions versions;
    private final SceneImageJobs jobs;
    private final Doorbell doorbell;

    /** @param makers who makes the picture of each scene that has none, by its number */
    record Commissioned(UUID workspace, Map<Integer, UUID> makers, List<ProjectJob> fresh) {}

    MissingPictures(
            OwnedProjects projects, Painters painters, SceneVersions versions, SceneImageJobs jobs, Doorbell doorbell) {
        this.projects = projects;
        this.painters = painters;
        this.versions = versions;
        this.jobs = jobs;
        this.doorbell = doorbell;
    }

    /** @param traceparent W3C trace context of the request, or null */
    Uni<Commissioned> commission(Collection<UUID> workspaces, UUID project, String traceparent) {
        return painters.known()
                .chain(() -> projects.alone(
                        workspaces, project, (transaction, locked) -> commission(transaction, locked, traceparent)))
                .invoke(all -> all.fresh().forEach(job -> doorbell.ring(job.waiting())));
    }

    private Uni<Commissioned> commission(SqlClient transaction, LockedProject project, String traceparent) {
        List<Integer> lacking = project.storyboard().scenesWithoutImage();
        return versions.underWay(transaction, project.id(), lacking).chain(underWay -> {
            List<Scene> idle = lacking.stream()
                    .filter(scene -> !underWay.containsKey(scene))
                    .map(project::scene)
                    .toList();
            return fresh(transaction, project, idle, traceparent).map(jobs -> all(project, underWay, idle, jobs));
        });
    }

    private Uni<List<ProjectJob>> fresh(
            SqlClient transaction, LockedProject project, List<Scene> scenes, String traceparent) {
        if (scenes.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        return painters.painter().chain(painter -> Multi.createFrom()
                .iterable(scenes)
                .onItem()
                .transformToUniAndConcatenate(scene -> jobs.missing(
                        transaction,
                        new Commission(project, painter, traceparent),
                        scene.sceneIndex(),
                        scene.imagePrompt()))
                .collect()
                .asList());
    }

    private static Commissioned all(
            LockedProject project, Map<Integer, UUID> underWay, List<Scene> scenes, List<ProjectJob> jobs) {
        Map<Integer, UUID> makers = new TreeMap<>(underWay);
        for (int i = 0; i < scenes.size(); i++) {
            makers.put(scenes.get(i).sceneIndex(), jobs.get(i).id());
        }
        return new Commissioned(project.workspaceId(), makers, jobs);
    }
}
