package io.storyreel.api.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.dispatch.Doorbell;
import io.storyreel.api.idempotency.ReservedId;
import io.storyreel.api.project.OwnedProjects;
import io.storyreel.api.scene.SceneImageJobs.Commission;
import io.storyreel.common.job.ProjectJob;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.scene.SceneChanges;
import io.storyreel.common.scene.SceneTallies;
import io.storyreel.common.storyboard.Scene;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.Collection;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Refines scenes. Requests of the same project come one after the other, so none is lost and none is one too many. */
@ApplicationScoped
class Refinements {
    private final OwnedProjects projects;
    private final Painters painters;
    private final SceneChanges changes;
    private final SceneTallies tallies;
    private final SceneImageJobs jobs;
    private final Doorbell doorbell;
    private final SceneSettings settings;

    /**
     * @param maker the job that makes the new picture; null if none is wanted, and all is done
     * @param fresh the same if it was made just now, to be rung for
     */
    record Refined(UUID workspace, UUID maker, ProjectJob fresh) {}

    Refinements(
            OwnedProjects projects,
            Painters painters,
            SceneChanges changes,
            SceneTallies tallies,
            SceneImageJobs jobs,
            Doorbell doorbell,
            SceneSettings settings) {
        this.projects = projects;
        this.painters = painters;
        this.changes = changes;
        this.tallies = tallies;
        this.jobs = jobs;
        this.doorbell = doorbell;
        this.settings = settings;
    }

    /**
     * @param traceparent W3C trace context of the request, or null
     * @param once of the job that makes the picture; a request that was done before is not counted again
     */
    Uni<Refined> refine(
            Collection<UUID> workspaces, UUID project, RefineWish wish, String traceparent, ReservedId once) {
        return painters.known()
                .chain(() -> projects.alone(
                        workspaces,
                        project,
                        (transaction, locked) -> once.isDone()
                                ? Uni.createFrom()
                                        .item(new Refined(
                                                locked.workspaceId(),
                                                wish.prompt() == null ? null : once.value(),
                                                null))
                                : refine(transaction, locked, wish, traceparent, once)))
                .invoke(refined -> {
                    if (refined.fresh() != null) {
                        doorbell.ring(refined.fresh().waiting());
                    }
                });
    }

    private Uni<Refined> refine(
            SqlClient transaction, LockedProject project, RefineWish wish, String traceparent, ReservedId once) {
        return requireScene(project, wish.scene())
                .chain(() -> OwnedProjects.requireNoRender(transaction, project))
                .chain(() -> requireLeft(transaction, project))
                .chain(() -> wish.prompt() == null
                        ? described(transaction, project, wish)
                        : drawn(transaction, project, wish, traceparent, once.value()))
                .call(() -> once.done(transaction));
    }

    private Uni<Refined> described(SqlClient transaction, LockedProject project, RefineWish wish) {
        return changes.describe(transaction, project, wish.scene(), wish.description())
                .map(changed -> new Refined(changed.workspaceId(), null, null));
    }

    private Uni<Refined> drawn(
            SqlClient transaction, LockedProject project, RefineWish wish, String traceparent, UUID id) {
        return painters.painter()
                .chain(painter -> jobs.refining(
                        transaction, new Commission(project, painter, traceparent), wish, cost(painter), id))
                .map(job -> new Refined(project.workspaceId(), job.id(), job));
    }

    private BigDecimal cost(ProviderOffer painter) {
        return settings.newPictureCost().max(painter.unitPrice());
    }

    static Uni<Void> requireScene(LockedProject project, int scene) {
        if (project.scene(scene) != null) {
            return Uni.createFrom().voidItem();
        }
        String numbers = project.storyboard().scenes().stream()
                .map(Scene::sceneIndex)
                .map(String::valueOf)
                .collect(Collectors.joining(", "));
        String message = "names scene " + scene + ", but there are " + numbers;
        return Uni.createFrom()
                .failure(new ProblemException(
                        ProblemCode.INVALID_REQUEST,
                        "scene_number " + message + ".",
                        List.of(new Violation("scene_number", message))));
    }

    private Uni<Void> requireLeft(SqlClient transaction, LockedProject project) {
        return tallies.of(transaction, project.id())
                .invoke(tally -> {
                    if (tally.refinements() >= settings.mostRefinements()) {
                        throw new ProblemException(
                                ProblemCode.REFINED_TOO_OFTEN,
                                "A job can be refined " + settings.mostRefinements()
                                        + " times, and this one was refined "
                                        + tally.refinements()
                                        + " times. A former version of a scene can still be taken back: see its history.");
                    }
                })
                .replaceWithVoid();
    }
}
