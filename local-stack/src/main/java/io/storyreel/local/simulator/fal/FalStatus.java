package io.storyreel.local.simulator.fal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.fault.FaultKind;
import io.storyreel.local.simulator.task.Outcome;
import io.storyreel.local.simulator.task.Phase;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.task.TaskState;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Request;

import java.time.Duration;
import java.time.InstantSource;

/** A request's state in fal's words: it waits, it runs, or it has ended, well or not. */
record FalStatus(TaskLine line, InstantSource clock) {

    private static final String TIMED_OUT_FIELD = "timed_out";

    static final Outcome.Failure TIMED_OUT = new Outcome.Failure(
            "request_timeout", "The request did not start within the time its caller had set.", false);

    /** As of now, after whoever set a time to start has had it kept. */
    TaskState current(Task task) {
        var state = line.state(task);
        if (state.phase().isWaiting() && startWithin(task) > 0) {
            var waited = Duration.between(task.createdAt(), clock.instant()).toMillis() / 1000.0;
            if (waited > startWithin(task)) {
                line.cancel(task);
                task.input().put(TIMED_OUT_FIELD, true);
                return line.state(task);
            }
        }
        return state;
    }

    static boolean isTimedOut(Task task) {
        return task.input().has(TIMED_OUT_FIELD);
    }

    private static double startWithin(Task task) {
        return task.input().path(FalSubmit.START_WITHIN).asDouble(0);
    }

    ObjectNode submitted(Task task, String origin) {
        var json = JsonNodeFactory.instance.objectNode().put("status", "IN_QUEUE");
        return addresses(json, task, origin)
                .put("queue_position", line.state(task).position());
    }

    Answer answer(Task task, Request request, Fault fault) {
        var state = current(task);
        var json = JsonNodeFactory.instance.objectNode();
        if (state.phase() == Phase.CANCELED && !isTimedOut(task)) {
            return FalResult.error(404, "not_found", "Request not found", false);
        }
        var word = word(state.phase());
        json.put("status", fault.is(FaultKind.UNKNOWN_STATE) ? fault.text("state", "IN_LIMBO") : word);
        addresses(json, task, request.origin());
        if (state.phase().isWaiting()) {
            json.put("queue_position", state.position());
        } else if (request.query("logs").orElse("0").equals("1")) {
            json.putArray("logs")
                    .addObject()
                    .put("message", "Generating video")
                    .put("level", "INFO")
                    .put("source", "USER")
                    .put("timestamp", task.createdAt().toString());
        } else {
            json.putNull("logs");
        }
        if (state.phase() == Phase.FAILED && state.failure().code().equals(Outcome.Failure.INTERNAL)) {
            json.put("error", state.failure().message()).put("error_type", "internal_server_error");
        }
        if (state.phase() == Phase.SUCCEEDED) {
            var ran = Duration.between(state.startedAt(), state.endedAt()).toMillis() / 1000.0;
            json.putObject("metrics").put("inference_time", ran);
        }
        return Answer.json(state.phase().isFinal() ? 200 : 202, json);
    }

    private static String word(Phase phase) {
        return switch (phase) {
            case QUEUED, THROTTLED -> "IN_QUEUE";
            case RUNNING -> "IN_PROGRESS";
            case SUCCEEDED, FAILED, CANCELED -> "COMPLETED";
        };
    }

    /** Of the application alone, not of the whole model. */
    private static ObjectNode addresses(ObjectNode json, Task task, String origin) {
        var address = origin + "/" + FalVendor.NAME + "/fal-ai/pika/requests/" + task.id();
        return json.put("request_id", task.id())
                .put("response_url", address)
                .put("status_url", address + "/status")
                .put("cancel_url", address + "/cancel");
    }
}
