package io.storyreel.local.simulator.fal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.fault.FaultKind;
import io.storyreel.local.simulator.frame.ResultFiles;
import io.storyreel.local.simulator.task.Outcome;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskState;
import io.storyreel.local.simulator.wire.Answer;

/** What the result's address gives once a run has ended. */
record FalResult(ResultFiles files) {

    Answer success(Task task, TaskState state, String origin, Fault fault) {
        var json = JsonNodeFactory.instance.objectNode();
        if (!fault.is(FaultKind.MISSING_OUTPUT)) {
            var bytes = state.products().get(0).bytes();
            json.putObject("video")
                    .put("url", files.address(origin, task, 0, "mp4"))
                    .put("content_type", "video/mp4")
                    .put("file_name", "output.mp4")
                    .put("file_size", fault.is(FaultKind.WRONG_SIZE) ? bytes + 1 : bytes);
        }
        return Answer.json(200, json);
    }

    Answer failure(Outcome.Failure failure) {
        return switch (failure.code()) {
            case Outcome.Failure.ASSET, Outcome.Failure.UNREACHABLE ->
                invalid(detail("image_url", "image_load_error", "Failed to load the image."));
            case Outcome.Failure.CONTENT, "content_policy_violation" ->
                invalid(detail(
                        "prompt",
                        "content_policy_violation",
                        "The content could not be processed because it was flagged by a content checker."));
            case Outcome.Failure.INTERNAL -> error(500, "internal_server_error", failure.message(), true);
            case "image_load_error" -> invalid(detail("image_url", failure.code(), "Failed to load the image."));
            case "request_timeout" ->
                error(504, failure.code(), failure.message(), false).with("X-Fal-Request-Timeout-Type", "user");
            case "startup_timeout" -> error(504, failure.code(), failure.message(), true);
            case "bad_request" -> error(400, failure.code(), failure.message(), false);
            default -> error(503, failure.code(), failure.message(), true);
        };
    }

    static Answer invalid(ObjectNode... details) {
        var json = JsonNodeFactory.instance.objectNode();
        var list = json.putArray("detail");
        for (var detail : details) {
            list.add(detail);
        }
        return Answer.json(422, json).with("X-Fal-Retryable", "false");
    }

    private static ObjectNode detail(String field, String type, String message) {
        var detail = JsonNodeFactory.instance.objectNode().put("msg", message).put("type", type);
        detail.putArray("loc").add("body").add(field);
        return detail;
    }

    static Answer error(int status, String type, String detail, boolean retryable) {
        return Answer.json(
                        status,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("detail", detail)
                                .put("error_type", type))
                .with("X-Fal-Retryable", Boolean.toString(retryable))
                .with("X-Fal-Error-Type", type);
    }
}
