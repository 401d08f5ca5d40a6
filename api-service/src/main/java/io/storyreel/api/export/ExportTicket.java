package io.storyreel.api.export;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.storyreel.api.problem.ProblemAnswer;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

/** Tells a client that does not want to wait where its export will be. */
@ApplicationScoped
class ExportTicket {
    private final ObjectMapper json;
    private final ProblemAnswer problems;

    ExportTicket(ObjectMapper json, ProblemAnswer problems) {
        this.json = json;
        this.problems = problems;
    }

    void send(VideoExport export, RoutingContext context) {
        try {
            String body = json.writeValueAsString(ExportAnswer.of(export, export.sourceJobId(), context.request()));
            context.response()
                    .setStatusCode(202)
                    .putHeader("Location", ExportAnswer.address(export, export.sourceJobId(), context.request()))
                    .putHeader("Preference-Applied", "respond-async")
                    .putHeader("Content-Type", "application/json")
                    .end(body);
        } catch (JsonProcessingException impossible) {
            problems.send(context, impossible);
        }
    }
}
