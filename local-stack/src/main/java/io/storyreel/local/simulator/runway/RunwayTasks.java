package io.storyreel.local.simulator.runway;

import com.fasterxml.jackson.databind.node.DecimalNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.fault.FaultKind;
import io.storyreel.local.simulator.frame.ResultFiles;
import io.storyreel.local.simulator.task.Outcome;
import io.storyreel.local.simulator.task.Phase;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskState;

import java.math.BigDecimal;

/** A task in Runway's words. */
record RunwayTasks(ResultFiles files) {

    ObjectNode describe(Task task, TaskState state, String origin, Fault fault) {
        var json = JsonNodeFactory.instance
                .objectNode()
                .put("id", task.id())
                .put("createdAt", task.createdAt().toString())
                .put(
                        "status",
                        fault.is(FaultKind.UNKNOWN_STATE) ? fault.text("state", "PONDERING") : status(state.phase()));
        if (state.phase().isFinal()) {
            money(json, "cost", task.bill().charged(), fault);
        } else {
            money(json, "estimatedCost", task.bill().price(), fault);
        }
        if (state.phase() == Phase.RUNNING) {
            json.put("progress", progress(state, fault));
        } else if (state.phase() == Phase.SUCCEEDED && !fault.is(FaultKind.MISSING_OUTPUT)) {
            json.putArray("output").add(files.address(origin, task, 0, "mp4"));
        } else if (state.phase() == Phase.FAILED) {
            json.put("failure", state.failure().message()).put("failureCode", code(state.failure()));
        }
        return json;
    }

    private static String status(Phase phase) {
        return switch (phase) {
            case QUEUED -> "PENDING";
            case THROTTLED -> "THROTTLED";
            case RUNNING -> "RUNNING";
            case SUCCEEDED -> "SUCCEEDED";
            case FAILED -> "FAILED";
            case CANCELED -> "CANCELLED";
        };
    }

    private static double progress(TaskState state, Fault fault) {
        return switch (fault.kind()) {
            case PROGRESS_ABOVE_ONE -> 100 * state.progress() + 2;
            case PROGRESS_FALLS -> state.progress() / 4;
            default -> state.progress();
        };
    }

    private static String code(Outcome.Failure failure) {
        return switch (failure.code()) {
            case Outcome.Failure.ASSET, Outcome.Failure.UNREACHABLE -> "ASSET.INVALID";
            case Outcome.Failure.CONTENT -> "SAFETY.INPUT.TEXT";
            case Outcome.Failure.INTERNAL -> "INTERNAL.BAD_OUTPUT.CODE01";
            default -> failure.code();
        };
    }

    static void money(ObjectNode json, String field, BigDecimal dollars, Fault fault) {
        var credits = dollars.movePointRight(2).stripTrailingZeros();
        switch (fault.kind()) {
            case MONEY_TEXT -> json.putObject(field).put("credits", credits.toPlainString() + " credits");
            case MONEY_NULL -> json.putNull(field);
            default ->
                json.putObject(field)
                        .set("credits", DecimalNode.valueOf(credits.setScale(Math.max(0, credits.scale()))));
        }
    }
}
