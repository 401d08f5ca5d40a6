package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.budget.OverBudget;
import io.storyreel.api.dispatch.Doorbell;
import io.storyreel.api.idempotency.ReservedId;
import io.storyreel.api.project.SameStoryboard;
import io.storyreel.api.render.RenderResource.RenderRequest;
import io.storyreel.common.job.Acceptance;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.JobView;
import io.storyreel.common.job.NewJob;
import io.storyreel.common.job.PaidJobs;
import io.storyreel.common.job.WaitingJob;
import io.storyreel.common.job.Workload;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.provider.ProviderOffer;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.UUID;

/** Turns the wish to render a project into a job, or says what is in the way. */
@ApplicationScoped
public class RenderAcceptance {
    private final ReadyProjects projects;
    private final RenderPricing pricing;
    private final PaidJobs jobs;
    private final JobStore accepted;
    private final Doorbell doorbell;
    private final RenderSettings settings;

    RenderAcceptance(
            ReadyProjects projects,
            RenderPricing pricing,
            PaidJobs jobs,
            JobStore accepted,
            Doorbell doorbell,
            RenderSettings settings) {
        this.projects = projects;
        this.pricing = pricing;
        this.jobs = jobs;
        this.accepted = accepted;
        this.doorbell = doorbell;
        this.settings = settings;
    }

    /** The job, once it is safe in the database. */
    Uni<UUID> accept(UUID workspace, UUID project, RenderWish wish, String traceparent) {
        ReservedId id = ReservedId.current();
        return id.madeOr(
                made -> find(workspace, made), () -> accept(id.value(), workspace, project, wish, traceparent));
    }

    /** The id, if it is that of a job that was accepted; else null. */
    public Uni<UUID> find(UUID workspace, UUID job) {
        return accepted.find(workspace, job).onItem().ifNotNull().transform(JobView::id);
    }

    private Uni<UUID> accept(UUID id, UUID workspace, UUID project, RenderWish wish, String traceparent) {
        return pricing.choose(wish).chain(chosen -> projects.approved(workspace, project)
                .chain(head -> job(id, head, chosen, wish, traceparent, false))
                .chain(job -> accept(job, chosen)));
    }

    /**
     * Approves the project and accepts its render, or neither.
     *
     * @param id of the render
     * @param request how it is to be rendered; null for the default
     * @param specDigest the storyboard that is approved; another one by now is refused. Null for whatever it is
     */
    public Uni<UUID> approve(
            UUID id, UUID workspace, UUID project, RenderRequest request, String specDigest, String traceparent) {
        RenderWish wish = RenderWish.of(request);
        return pricing.choose(wish).chain(chosen -> projects.complete(workspace, project)
                .invoke(head -> SameStoryboard.require(specDigest, head.specDigest()))
                .chain(head -> job(id, head, chosen, wish, traceparent, true))
                .chain(job -> accept(job, chosen)));
    }

    private Uni<NewJob> job(
            UUID id,
            ProjectHead head,
            RenderPricing.Chosen chosen,
            RenderWish wish,
            String traceparent,
            boolean approving) {
        return pricing.price(head, chosen, wish.plan())
                .map(priced -> job(id, head, priced, wish, traceparent, approving));
    }

    private Uni<UUID> accept(NewJob job, RenderPricing.Chosen chosen) {
        return jobs.accept(job)
                .invoke(acceptance -> requirePrice(acceptance, chosen.chain().first()))
                .map(acceptance -> accepted(job, acceptance));
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

    private NewJob job(
            UUID id,
            ProjectHead head,
            RenderPricing.Priced priced,
            RenderWish wish,
            String traceparent,
            boolean approving) {
        return new NewJob(
                id,
                head.workspaceId(),
                head.id(),
                head.specDigest(),
                priced.chain().first().provider(),
                priced.chain().fallbackNames(),
                head.scenesTotal(),
                priced.estimate(),
                priced.atMost(),
                settings.oneActivePerProject(),
                traceparent,
                approving,
                wish.priority());
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
        doorbell.ring(new WaitingJob(
                job.id(), JobKind.RENDER, Workload.of(job.provider()), job.priority(), job.traceparent()));
        return job.id();
    }
}
