package io.storyreel.api.render;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.budget.OverBudget;
import io.storyreel.common.job.Acceptance;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.NewJob;
import io.storyreel.common.job.PaidJobs;
import io.storyreel.common.job.WaitingJob;
import io.storyreel.common.job.Workload;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.queue.JobQueue;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.UUID;

/** Turns the wish to render a project into a job, or says what is in the way. */
@ApplicationScoped
class RenderAcceptance {
    private static final Logger LOG = Logger.getLogger(RenderAcceptance.class);

    private final ReadyProjects projects;
    private final RenderPricing pricing;
    private final PaidJobs jobs;
    private final JobQueue queue;
    private final RenderSettings settings;

    RenderAcceptance(
            ReadyProjects projects, RenderPricing pricing, PaidJobs jobs, JobQueue queue, RenderSettings settings) {
        this.projects = projects;
        this.pricing = pricing;
        this.jobs = jobs;
        this.queue = queue;
        this.settings = settings;
    }

    /** The job, once it is safe in the database. */
    Uni<UUID> accept(UUID workspace, UUID project, RenderWish wish, String traceparent) {
        return pricing.choose(wish).chain(chosen -> projects.approved(workspace, project)
                .chain(head ->
                        pricing.price(head, chosen, wish.planDigest()).map(priced -> job(head, priced, traceparent)))
                .chain(job -> jobs.accept(job)
                        .invoke(acceptance ->
                                requirePrice(acceptance, chosen.chain().first()))
                        .map(acceptance -> accepted(job, acceptance))));
    }

    private static void requirePrice(Acceptance acceptance, ProviderOffer provider) {
        if (acceptance instanceof Acceptance.Unpriced) {
            throw new ProblemException(
                    ProblemCode.UNUSABLE_PROVIDER,
                    "This workspace has a budget, and nobody can say what a render by " + provider.provider()
                            + " costs: " + provider.unpriced()
                            + ". Or take the limits away: PUT the workspace's /budget.",
                    List.of(new Violation("provider", provider.unpriced())));
        }
    }

    private NewJob job(ProjectHead head, RenderPricing.Priced priced, String traceparent) {
        return new NewJob(
                UuidCreator.getTimeOrderedEpochFast(),
                head.workspaceId(),
                head.id(),
                head.specDigest(),
                priced.chain().first().provider(),
                priced.chain().fallbackNames(),
                head.scenesTotal(),
                priced.estimate(),
                settings.oneActivePerProject(),
                traceparent);
    }

    private UUID accepted(NewJob job, Acceptance acceptance) {
        if (acceptance instanceof Acceptance.AlreadyRendering) {
            throw new ProblemException(
                    ProblemCode.ALREADY_RENDERING,
                    "A render of this project is under way: wait for it, or cancel it first.");
        }
        if (acceptance instanceof Acceptance.ProjectChanged) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "The project was changed at this very moment: look at it, then repeat.");
        }
        if (acceptance instanceof Acceptance.OverBudget over) {
            throw OverBudget.by(over.shortage());
        }
        ring(job);
        return job.id();
    }

    /** Nobody waits for the doorbell: if it fails, the dispatcher rings a little later. */
    private void ring(NewJob job) {
        WaitingJob waiting = new WaitingJob(job.id(), JobKind.RENDER, Workload.of(job.provider()), job.traceparent());
        queue.ring(List.of(waiting))
                .subscribe()
                .with(
                        rung -> {},
                        failure -> LOG.warnf("job not rung for yet: job=%s reason=%s", job.id(), failure.getMessage()));
    }
}
