package io.storyreel.local.simulator.custom;

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
import java.util.List;
import java.util.Set;
import java.util.function.Supplier;

/** A task as a job of the contract. */
record RenderJobs(TaskLine line, ResultFiles files, InstantSource clock, Supplier<Pace> pace) {

    /** Fields of a task's input. */
    static final String METADATA = "metadata";

    private static final String STOPS_AT = "stops_at";
    private static final Duration STOPPING = Duration.ofMillis(500);
    private static final Set<String> WORTH_ANOTHER_JOB = Set.of(
            "asset_unreachable", "asset_timeout", "render_failed", "internal", "worker_lost", "deadline_exceeded");

    /** As of now; a job that was told to stop while it ran has stopped a moment later. */
    TaskState current(Task task) {
        var state = line.state(task);
        var stopsAt = task.input().path(STOPS_AT).asText("");
        if (!state.phase().isFinal() && !stopsAt.isEmpty() && !clock.instant().isBefore(Instant.parse(stopsAt))) {
            line.cancel(task);
            return line.state(task);
        }
        return state;
    }

    boolean isStopping(Task task) {
        return task.input().has(STOPS_AT);
    }

    void stop(Task task) {
        if (current(task).phase().isWaiting()) {
            line.cancel(task);
        } else if (!isStopping(task)) {
            task.input().put(STOPS_AT, clock.instant().plus(STOPPING).toString());
        }
    }

    /** Whole seconds; a fifth of what a render may take, 5 at most. */
    String retryAfter() {
        return Long.toString(Math.min(5, (pace.get().run().longest().toMillis() + 4999) / 5000));
    }

    ObjectNode describe(Task task, TaskState state, String origin, Fault fault) {
        var phase = state.phase();
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", task.id())
                .put("status", fault.is(FaultKind.UNKNOWN_STATE) ? fault.text("state", "daydreaming") : status(phase))
                .put("progress", progress(state, fault))
                .put("message", isStopping(task) && !phase.isFinal() ? "Stopping" : message(phase));
        output(json, task, state, origin, fault);
        json.set("cost", cost(task, phase, fault));
        json.putArray("warnings");
        json.set("error", phase == Phase.FAILED ? error(state.failure()) : null);
        json.set(METADATA, task.input().path(METADATA));
        return json.put("created_at", task.createdAt().toString())
                .put("started_at", text(state.startedAt()))
                .put("completed_at", text(state.endedAt()));
    }

    private static String text(Instant time) {
        return time == null ? null : time.toString();
    }

    private static String status(Phase phase) {
        return switch (phase) {
            case QUEUED, THROTTLED -> "queued";
            default -> phase.word();
        };
    }

    private static String message(Phase phase) {
        return switch (phase) {
            case QUEUED, THROTTLED -> "Waiting for a free renderer";
            case RUNNING -> "Rendering";
            case SUCCEEDED -> "Done";
            case FAILED -> "Failed";
            case CANCELED -> "Canceled";
        };
    }

    private static double progress(TaskState state, Fault fault) {
        return switch (fault.kind()) {
            case PROGRESS_ABOVE_ONE -> 1.3 + state.progress();
            case PROGRESS_FALLS -> state.progress() / 4;
            default -> state.progress();
        };
    }

    private void output(ObjectNode json, Task task, TaskState state, String origin, Fault fault) {
        if (state.phase() != Phase.SUCCEEDED || fault.is(FaultKind.MISSING_OUTPUT)) {
            json.putNull("video_url").putNull("video_url_expires_at");
            json.putNull("duration").putNull("size_bytes").putNull("sha256");
            return;
        }
        var video = state.products().get(0);
        var name = video.file().toString();
        json.put("video_url", files.address(origin, task, 0, name.substring(name.lastIndexOf('.') + 1)))
                .put(
                        "video_url_expires_at",
                        clock.instant().plus(pace.get().outputLife()).toString())
                .put("duration", video.seconds())
                .put("size_bytes", fault.is(FaultKind.WRONG_SIZE) ? video.bytes() + 1 : video.bytes())
                .put("sha256", fault.is(FaultKind.WRONG_SHA256) ? "0".repeat(64) : video.sha256());
    }

    static ObjectNode cost(Task task, Phase phase, Fault fault) {
        if (fault.is(FaultKind.MONEY_NULL)) {
            return null;
        }
        var amount = (phase.isFinal() ? task.bill().charged() : task.bill().price()).toPlainString();
        return JsonNodeFactory.instance
                .objectNode()
                .put("amount", fault.is(FaultKind.MONEY_TEXT) ? "about " + amount + " dollars" : amount)
                .put("currency", "USD")
                .put("final", phase.isFinal());
    }

    private static ObjectNode error(Outcome.Failure failure) {
        var code =
                switch (failure.code()) {
                    case Outcome.Failure.ASSET -> "asset_invalid";
                    case Outcome.Failure.UNREACHABLE -> "asset_unreachable";
                    case Outcome.Failure.TOO_LONG -> "script_too_long";
                    case Outcome.Failure.CONTENT -> "content_rejected";
                    case Outcome.Failure.INTERNAL -> "render_failed";
                    default -> failure.code();
                };
        return CustomRefusal.error(code, failure.message(), WORTH_ANOTHER_JOB.contains(code), List.of());
    }
}
