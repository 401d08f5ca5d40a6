package io.storyreel.local.simulator.custom;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.frame.Refusal;
import io.storyreel.local.simulator.wire.Answer;

import java.util.List;

/** A request that the contract answers with an error. */
final class CustomRefusal extends Refusal {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String code;
    private final transient List<Problem> problems;

    /** One field and what is wrong with it. */
    record Problem(String field, String issue) {}

    CustomRefusal(int status, String code, String message, Problem... problems) {
        super(message);
        this.status = status;
        this.code = code;
        this.problems = List.of(problems);
    }

    static CustomRefusal invalid(String field, String issue) {
        return new CustomRefusal(400, "invalid_request", field + ": " + issue, new Problem(field, issue));
    }

    static CustomRefusal storyboard(String field, String issue) {
        return new CustomRefusal(422, "invalid_storyboard", field + ": " + issue, new Problem(field, issue));
    }

    @Override
    public Answer answer() {
        return answer(status, code, getMessage(), problems);
    }

    static Answer answer(int status, String code, String message, List<Problem> problems) {
        var body = JsonNodeFactory.instance.objectNode();
        body.set("error", error(code, message, retryable(status, code), problems));
        return Answer.json(status, body);
    }

    static ObjectNode error(String code, String message, boolean retryable, List<Problem> problems) {
        var error = JsonNodeFactory.instance
                .objectNode()
                .put("code", code)
                .put("message", message)
                .put("retryable", retryable);
        var details = error.putArray("details");
        problems.forEach(
                problem -> details.addObject().put("field", problem.field()).put("issue", problem.issue()));
        return error;
    }

    private static boolean retryable(int status, String code) {
        return status == 429 || status >= 500 || code.equals("idempotency_in_progress");
    }
}
