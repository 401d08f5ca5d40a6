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
import io.storyreel.common.ledger.Pricing;
import io.storyreel.common.ledger.PricingSettings;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.queue.JobQueue;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.UUID;

/** Turns the wish to render a project into a job, or says what is in the way. */
@ApplicationScoped
class RenderAcceptance {
    private static final Logger LOG = Logger.getLogger(RenderAcceptance.class);

    private final ProjectHeads projects;
    private final PaidJobs jobs;
    private final JobQueue queue;
    private final RenderSettings settings;
    private final Map<String, PricingSettings.Rates> rates;

    RenderAcceptance(
            ProjectHeads projects, PaidJobs jobs, JobQueue queue, RenderSettings settings, PricingSettings pricing) {
        this.projects = projects;
        this.jobs = jobs;
        this.queue = queue;
        this.settings = settings;
        this.rates = Map.of("replicate", pricing.replicate());
    }

    /**
     * The job, once it is safe in the database.
     *
     * @param wantedProvider null for the default
     */
    Uni<UUID> accept(UUID workspace, UUID project, String wantedProvider, String traceparent) {
        String provider = provider(wantedProvider);
        return projects.find(workspace, project)
                .map(head -> job(requireReady(project, head), provider, traceparent))
                .chain(job -> jobs.accept(job).map(acceptance -> accepted(job, acceptance)));
    }

    private String provider(String wanted) {
        String provider = wanted == null ? settings.provider() : wanted;
        if (settings.providers().contains(provider)) {
            return provider;
        }
        String known = String.join(", ", new TreeSet<>(settings.providers()));
        throw new ProblemException(
                ProblemCode.UNUSABLE_PROVIDER,
                "The provider " + shortened(provider) + " is not set up; storyreel.render.providers allows " + known
                        + ".",
                List.of(new Violation("provider", "must be one of " + known)));
    }

    private static ProjectHead requireReady(UUID project, ProjectHead head) {
        if (head == null) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "There is no project " + project + " in this workspace.");
        }
        if (!head.approved()) {
            throw new ProblemException(
                    ProblemCode.NOT_APPROVED, "Approve the project first: PATCH it with {\"approved\": true}.");
        }
        if (!head.scenesWithoutImage().isEmpty()) {
            throw new ProblemException(
                    ProblemCode.STORYBOARD_INCOMPLETE,
                    "Some scenes have no picture yet; see errors.",
                    head.scenesWithoutImage().stream()
                            .map(scene -> new Violation(
                                    "storyboard[scene_index=" + scene + "].image_url",
                                    "scene " + scene + " has a prompt but no picture yet: give its image_url"))
                            .toList());
        }
        return head;
    }

    private NewJob job(ProjectHead head, String provider, String traceparent) {
        BigDecimal estimate =
                Pricing.estimate(rates.get(provider), head.scenesWithoutImage().size(), head.plannedSeconds());
        return new NewJob(
                UuidCreator.getTimeOrderedEpochFast(),
                head.workspaceId(),
                head.id(),
                head.specDigest(),
                provider,
                head.scenesTotal(),
                estimate,
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

    private static String shortened(String text) {
        return text.length() <= 40 ? text : text.substring(0, 40) + "…";
    }
}
