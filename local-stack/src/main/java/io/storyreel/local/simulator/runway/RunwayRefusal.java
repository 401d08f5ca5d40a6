package io.storyreel.local.simulator.runway;

import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.storyreel.local.simulator.frame.Refusal;
import io.storyreel.local.simulator.wire.Answer;

/** A request that Runway answers with an error. */
final class RunwayRefusal extends Refusal {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ArrayNode issues;

    RunwayRefusal(int status, String message) {
        this(status, message, null);
    }

    private RunwayRefusal(int status, String message, ArrayNode issues) {
        super(message);
        this.status = status;
        this.issues = issues;
    }

    static RunwayRefusal invalid(String field, String code, String message) {
        var issues = JsonNodeFactory.instance.arrayNode();
        var issue = issues.addObject().put("code", code).put("message", message);
        issue.putArray("path").add(field);
        return new RunwayRefusal(400, "Validation of body failed: " + field + ": " + message, issues);
    }

    @Override
    public Answer answer() {
        var json = JsonNodeFactory.instance.objectNode().put("error", getMessage());
        if (issues != null) {
            json.set("issues", issues);
        }
        return Answer.json(status, json);
    }
}
