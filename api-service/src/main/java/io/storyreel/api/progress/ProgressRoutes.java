package io.storyreel.api.progress;

import io.storyreel.api.auth.Authentication;
import io.storyreel.api.page.Parameters;
import io.storyreel.api.problem.ProblemAnswer;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.JobView;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.core.Context;
import io.vertx.core.Vertx;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.UUID;
import java.util.function.Consumer;

/**
 * Where streams are asked for. They are routes and not resource methods, so that a thousand streams of the same event
 * share its bytes.
 */
@ApplicationScoped
class ProgressRoutes {
    private static final String WORKSPACE = "/api/v1/video/workspaces/:workspace";

    private final Authentication authentication;
    private final JobStore jobs;
    private final JobStreams jobStreams;
    private final WorkspaceStreams workspaceStreams;
    private final ProblemAnswer problems;

    ProgressRoutes(
            Authentication authentication,
            JobStore jobs,
            JobStreams jobStreams,
            WorkspaceStreams workspaceStreams,
            ProblemAnswer problems) {
        this.authentication = authentication;
        this.jobs = jobs;
        this.jobStreams = jobStreams;
        this.workspaceStreams = workspaceStreams;
        this.problems = problems;
    }

    void register(@Observes Router router) {
        router.get(WORKSPACE + "/render/jobs/:job/events")
                .handler(context -> answer(context, this::streamJob, LastSeen.PARAMETER));
        router.get(WORKSPACE + "/events").handler(context -> answer(context, this::streamWorkspace));
    }

    private void answer(RoutingContext context, Consumer<RoutingContext> stream, String... parameters) {
        try {
            authentication.callerIn(context.pathParam("workspace"), context.request());
            Parameters.requireKnown(context, parameters);
            stream.accept(context);
        } catch (ProblemException refused) {
            problems.send(context, refused);
        }
    }

    private void streamWorkspace(RoutingContext context) {
        workspaceStreams.stream(context, UUID.fromString(context.pathParam("workspace")));
    }

    private void streamJob(RoutingContext context) {
        UUID workspace = UUID.fromString(context.pathParam("workspace"));
        UUID job = Parameters.id("job_id", context.pathParam("job"));
        LastSeen lastSeen = LastSeen.of(context);
        // The answer of the database comes on another thread. Only on the request's own can the connection not close
        // between the look at it and the handler that waits for its end.
        Context own = Vertx.currentContext();
        jobs.find(workspace, job)
                .emitOn(task -> own.runOnContext(ignored -> task.run()))
                .subscribe()
                .with(found -> begin(context, job, found, lastSeen), failure -> problems.send(context, failure));
    }

    private void begin(RoutingContext context, UUID job, JobView found, LastSeen lastSeen) {
        if (context.response().closed()) {
            return;
        }
        if (found == null) {
            problems.send(
                    context,
                    new ProblemException(ProblemCode.NOT_FOUND, "There is no job " + job + " in this workspace."));
        } else if (lastSeen.seq() > found.lastEvent()) {
            problems.send(context, lastSeen.refused());
        } else if (found.status().isFinal() && lastSeen.seq() == found.lastEvent()) {
            // Nothing will ever come. This status is what stops a browser from asking again (HTML standard).
            context.response().setStatusCode(204).end();
        } else {
            start(context, job, lastSeen.seq());
        }
    }

    private void start(RoutingContext context, UUID job, int lastSeq) {
        try {
            jobStreams.stream(context, job, lastSeq);
        } catch (ProblemException full) {
            problems.send(context, full);
        }
    }
}
