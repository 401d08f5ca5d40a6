package io.storyreel.api.scene;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.budget.OverBudget;
import io.storyreel.common.job.Acceptance;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.ProjectJob;
import io.storyreel.common.job.ProjectJobs;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.scene.SceneChanges;
import io.storyreel.common.scene.SceneImageOrder;
import io.storyreel.common.scene.WantedPicture;
import io.vertx.mutiny.sqlclient.SqlClient;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.UUID;

/** Accepts jobs that make pictures of scenes, in the transaction that has locked their project. */
@ApplicationScoped
class SceneImageJobs {
    private final SceneChanges changes;
    private final ProjectJobs jobs;

    /**
     * Who wants pictures, and of whom.
     *
     * @param traceparent W3C trace context of the request, or null
     */
    record Commission(LockedProject project, ProviderOffer painter, String traceparent) {}

    SceneImageJobs(SceneChanges changes, ProjectJobs jobs) {
        this.changes = changes;
        this.jobs = jobs;
    }

    /**
     * For a refinement: it comes with the description, if that is not null.
     *
     * @param id of the job
     */
    Uni<ProjectJob> refining(SqlClient transaction, Commission commission, RefineWish wish, BigDecimal cost, UUID id) {
        return accept(
                transaction,
                commission,
                new WantedPicture(wish.scene(), wish.prompt(), wish.description(), true, cost, id));
    }

    /** For a scene that has words of a picture and no picture; that costs what the provider takes. */
    Uni<ProjectJob> missing(SqlClient transaction, Commission commission, int scene, String prompt) {
        return accept(
                transaction,
                commission,
                new WantedPicture(
                        scene,
                        prompt,
                        null,
                        false,
                        commission.painter().unitPrice(),
                        UuidCreator.getTimeOrderedEpochFast()));
    }

    private Uni<ProjectJob> accept(SqlClient transaction, Commission commission, WantedPicture wanted) {
        Painters.requireShape(
                commission.painter(), commission.project().storyboard().aspectRatio());
        return changes.want(transaction, commission.project(), wanted)
                .map(order -> job(commission, wanted, order))
                .call(job -> jobs.accept(transaction, job).invoke(SceneImageJobs::requireAccepted));
    }

    /** What is not accepted takes its wish with it: the transaction fails. */
    private static void requireAccepted(Acceptance acceptance) {
        if (acceptance instanceof Acceptance.OverBudget over) {
            throw OverBudget.by(over.shortage());
        }
        if (!(acceptance instanceof Acceptance.Accepted)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "The job was deleted this very moment.");
        }
    }

    /** Works on the version, not on the scene: two pictures of a scene may be made at once. */
    private static ProjectJob job(Commission commission, WantedPicture wanted, SceneImageOrder order) {
        UUID version = order.versionId();
        return new ProjectJob(
                wanted.jobId(),
                JobKind.SCENE_IMAGE,
                commission.project().workspaceId(),
                commission.project().id(),
                commission.project().specDigest(),
                commission.painter().provider(),
                version.toString(),
                order.toJson(),
                "Waiting to draw the picture of scene " + order.scene(),
                wanted.cost(),
                commission.traceparent());
    }
}
