package io.storyreel.local.simulator.replicate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.fault.FaultKind;
import io.storyreel.local.simulator.frame.ResultFiles;
import io.storyreel.local.simulator.task.Outcome;
import io.storyreel.local.simulator.task.Pace;
import io.storyreel.local.simulator.task.Phase;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.task.TaskState;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.function.Supplier;

/** A task as a prediction. */
record Predictions(TaskLine line, ResultFiles files, InstantSource clock, Supplier<Pace> pace) {

    /** Field of a task's input with the time at which it is cancelled by itself. */
    static final String DEADLINE = "deadline";

    /** As of now, after the prediction's own deadline has been kept. */
    TaskState current(Task task) {
        var deadline = task.input().path(DEADLINE).asText("");
        var state = line.state(task);
        if (!deadline.isEmpty() && !state.phase().isFinal() && !clock.instant().isBefore(Instant.parse(deadline))) {
            line.cancel(task);
            return line.state(task);
        }
        return state;
    }

    ObjectNode describe(Task task, String origin, Fault fault) {
        var state = current(task);
        var removed = state.endedAt() != null
                && state.endedAt().plus(pace.get().outputLife()).isBefore(clock.instant());
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", task.id())
                .put("model", task.model())
                .put("version", "hidden")
                .put("status", fault.is(FaultKind.UNKNOWN_STATE) ? fault.text("state", "warming") : status(state))
                .put("source", "api")
                .put("data_removed", removed)
                .put("created_at", task.createdAt().toString())
                .put("started_at", text(state.startedAt()))
                .put("completed_at", text(state.endedAt()))
                .put("deadline", task.input().path(DEADLINE).asText(null));
        json.set(
                "input",
                removed ? JsonNodeFactory.instance.objectNode() : task.input().path("input"));
        json.put("error", state.failure() == null ? null : error(state.failure()));
        json.put("logs", removed ? null : logs(state, fault));
        output(json, task, state, origin, removed || fault.is(FaultKind.MISSING_OUTPUT));
        metrics(json, task, state);
        var address = origin + "/replicate/v1/predictions/" + task.id();
        json.putObject("urls")
                .put("get", address)
                .put("cancel", address + "/cancel")
                .put("web", "https://replicate.com/p/" + task.id());
        return json;
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private static String status(TaskState state) {
        return switch (state.phase()) {
            case QUEUED, THROTTLED -> "starting";
            case RUNNING -> "processing";
            case SUCCEEDED -> "succeeded";
            case FAILED -> "failed";
            case CANCELED -> state.startedAt() == null ? "aborted" : "canceled";
        };
    }

    private static String error(Outcome.Failure failure) {
        return switch (failure.code()) {
            case Outcome.Failure.ASSET, Outcome.Failure.UNREACHABLE -> "Invalid input image: " + failure.message();
            case Outcome.Failure.CONTENT ->
                "NSFW content detected: the input or output was flagged as sensitive. Please try again with different inputs.";
            case Outcome.Failure.INTERNAL -> failure.message() + " (E1000)";
            default -> failure.message() + " (" + failure.code() + ")";
        };
    }

    /** Empty before it runs; then the bar that tools read the progress from. */
    private static String logs(TaskState state, Fault fault) {
        if (state.startedAt() == null) {
            return "";
        }
        var progress = state.phase() == Phase.RUNNING ? state.progress() : 1;
        var percent = (int) (100 * (fault.is(FaultKind.PROGRESS_ABOVE_ONE) ? progress + 1.3 : progress));
        return "Using seed: 1234\n" + (fault.is(FaultKind.PROGRESS_FALLS) ? percent / 4 : percent) + "%|####      |\n";
    }

    private void output(ObjectNode json, Task task, TaskState state, String origin, boolean missing) {
        if (state.phase() != Phase.SUCCEEDED || missing) {
            json.putNull("output");
        } else if (ReplicateModel.named(task.model()).orElseThrow().pictures()) {
            var list = json.putArray("output");
            for (var i = 0; i < state.products().size(); i++) {
                var name = state.products().get(i).file().toString();
                list.add(files.address(origin, task, i, name.substring(name.lastIndexOf('.') + 1)));
            }
        } else {
            json.put("output", files.address(origin, task, 0, "mp4"));
        }
    }

    private static void metrics(ObjectNode json, Task task, TaskState state) {
        var metrics = json.putObject("metrics");
        if (state.endedAt() != null) {
            if (state.startedAt() != null) {
                metrics.put("predict_time", seconds(state.startedAt(), state.endedAt()));
            }
            metrics.put("total_time", seconds(task.createdAt(), state.endedAt()));
        }
    }

    private static double seconds(Instant from, Instant to) {
        return Duration.between(from, to).toMillis() / 1000.0;
    }
}
