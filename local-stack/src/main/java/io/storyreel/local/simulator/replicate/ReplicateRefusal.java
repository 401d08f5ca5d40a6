package io.storyreel.local.simulator.replicate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.storyreel.local.simulator.frame.Refusal;
import io.storyreel.local.simulator.wire.Answer;

/** A request that Replicate answers with a problem. */
final class ReplicateRefusal extends Refusal {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String title;

    ReplicateRefusal(int status, String title, String detail) {
        super(detail);
        this.status = status;
        this.title = title;
    }

    static ReplicateRefusal notFound() {
        return new ReplicateRefusal(404, "Not found", "The requested resource could not be found.");
    }

    /** @param field with the object it is in, such as {@code input.prompt} */
    static ReplicateRefusal invalid(String field, String message) {
        return new ReplicateRefusal(422, "Input validation failed", "- " + field + ": " + message + "\n");
    }

    @Override
    public Answer answer() {
        return problem(status, title, getMessage());
    }

    static Answer problem(int status, String title, String detail) {
        return Answer.json(
                status,
                JsonNodeFactory.instance
                        .objectNode()
                        .put("title", title)
                        .put("detail", detail)
                        .put("status", status));
    }
}
