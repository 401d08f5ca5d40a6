package io.storyreel.api.project;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.webhook.ReceiverAddresses;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Takes new projects in, at whichever address they are sent to. */
@ApplicationScoped
public class ProjectIntake {
    private final Projects projects;
    private final ReceiverAddresses receivers;

    ProjectIntake(Projects projects, ReceiverAddresses receivers) {
        this.projects = projects;
        this.receivers = receivers;
    }

    /** @param request null if there was no body, which is refused */
    public Uni<ProjectAnswer> create(UUID workspace, ProjectRequest request) {
        if (request == null) {
            throw new ProblemException(ProblemCode.INVALID_REQUEST, "The body is missing: send the project as JSON.");
        }
        return receivers
                .checkUnlessUnknown("webhook_url", request.webhookUrl())
                .chain(() -> projects.create(workspace, request))
                .map(project -> ProjectAnswer.of(project, null));
    }
}
