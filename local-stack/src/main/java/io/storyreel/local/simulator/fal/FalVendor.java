package io.storyreel.local.simulator.fal;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.call.Part;
import io.storyreel.local.simulator.call.Subject;
import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.frame.Call;
import io.storyreel.local.simulator.frame.TaskVendor;
import io.storyreel.local.simulator.media.Studio;
import io.storyreel.local.simulator.task.Phase;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Request;

import java.time.InstantSource;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** fal's queue with the models of Pika. Without webhooks and the stream of states. */
public final class FalVendor extends TaskVendor {

    public static final String NAME = "fal";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9_-]+:[A-Za-z0-9_-]+");
    private static final Pattern REQUEST = Pattern.compile("/fal-ai/pika/requests/([^/]+)(/status|/cancel|)");

    private final FalStatus status;
    private final FalResult result;
    private final FalSubmit submit;

    public FalVendor(TaskLine line, Studio studio, InstantSource clock) {
        super(NAME, line);
        status = new FalStatus(line, clock);
        result = new FalResult(files);
        submit = new FalSubmit(line, studio);
    }

    @Override
    public boolean authorized(Request request) {
        return request.credentials("Key").filter(KEY.asMatchPredicate()).isPresent();
    }

    @Override
    public Answer unauthorized() {
        return error(401, "unauthorized", "Cannot access application 'fal-ai/pika'. Authentication is required.");
    }

    @Override
    protected Subject order(Request request) {
        var path = REQUEST.matcher(request.path());
        if (!path.matches()) {
            return request.method().equals("POST") ? Subject.submit(request::text) : Subject.of(CallKind.OTHER);
        }
        var kind = path.group(2).equals("/cancel") ? CallKind.CANCEL : CallKind.POLL;
        return about(kind, path.group(1), task -> carries(task, path.group(2)));
    }

    private Set<Part> carries(Task task, String what) {
        var succeeded = line.state(task).phase() == Phase.SUCCEEDED;
        return switch (what) {
            case "/status" -> Set.of(Part.STATE);
            case "" -> succeeded ? Set.of(Part.OUTPUT, Part.SIZE) : Set.of();
            default -> Set.of();
        };
    }

    @Override
    protected CompletionStage<Answer> reply(Request request, Call call) {
        return answered(request, call).now();
    }

    private Answer answered(Request request, Call call) {
        var path = REQUEST.matcher(request.path());
        if (path.matches()) {
            return line.find(path.group(1))
                    .map(task -> known(request, call, task, path.group(2)))
                    .orElseGet(() -> path.group(2).equals("/cancel")
                            ? Answer.json(404, cancelStatus("NOT_FOUND"))
                            : error(404, "not_found", "Request not found"));
        }
        var model = FalModel.named(request.path().substring(1));
        if (model.isEmpty()) {
            return error(404, "not_found", "Application '" + request.path().substring(1) + "' not found");
        }
        if (!request.method().equals("POST")) {
            return error(405, "method_not_allowed", "Method Not Allowed");
        }
        var body = request.isJson() ? request.object() : Optional.<ObjectNode>empty();
        if (body.isEmpty()) {
            return error(400, "bad_request", "The body is not a JSON object");
        }
        var task = submit.accept(model.get(), body.get(), request, call);
        return Answer.json(200, status.submitted(task, request.origin()));
    }

    private Answer known(Request request, Call call, Task task, String what) {
        var wanted = what.equals("/cancel") ? "PUT" : "GET";
        if (!request.method().equals(wanted)) {
            return error(405, "method_not_allowed", "Method Not Allowed");
        }
        return switch (what) {
            case "/status" -> polled(task, call.fault(), status.answer(task, request, call.fault()));
            case "/cancel" -> cancel(task);
            default -> result(task, request, call.fault());
        };
    }

    private Answer result(Task task, Request request, Fault fault) {
        var state = status.current(task);
        return switch (state.phase()) {
            case SUCCEEDED -> result.success(task, state, request.origin(), fault);
            case FAILED ->
                task.input().has("invalid")
                        ? FalResult.invalid((ObjectNode) task.input().get("invalid"))
                        : result.failure(state.failure());
            case CANCELED ->
                FalStatus.isTimedOut(task)
                        ? result.failure(FalStatus.TIMED_OUT)
                        : error(404, "not_found", "Request not found");
            default -> error(400, "request_in_progress", "Request is still in progress");
        };
    }

    /** A running request is only asked to stop; this one, as the page warns, does not. */
    private Answer cancel(Task task) {
        var phase = status.current(task).phase();
        if (phase.isFinal()) {
            return Answer.json(400, cancelStatus("ALREADY_COMPLETED"));
        }
        if (phase == Phase.RUNNING) {
            return Answer.json(202, cancelStatus("CANCELLATION_REQUESTED"));
        }
        line.cancel(task);
        return Answer.json(200, cancelStatus("CANCELLATION_REQUESTED"));
    }

    private static ObjectNode cancelStatus(String status) {
        return JsonNodeFactory.instance.objectNode().put("status", status);
    }

    @Override
    public Answer failure(int code, Fault fault) {
        var type = fault.code().isEmpty()
                ? switch (code) {
                    case 429 -> "too_many_requests";
                    case 503 -> "runner_scheduling_failure";
                    case 504 -> "request_timeout";
                    default -> "internal_error";
                }
                : fault.code();
        return error(code, type, fault.message("The request could not be served: " + type + "."));
    }

    @Override
    public Answer quotaExhausted(Fault fault) {
        return error(
                403,
                "forbidden",
                fault.message(
                        "User is locked. Reason: Exhausted balance. Top up your balance at fal.ai/dashboard/billing."));
    }

    private static Answer error(int status, String type, String detail) {
        return FalResult.error(status, type, detail, status == 429 || status >= 500);
    }
}
