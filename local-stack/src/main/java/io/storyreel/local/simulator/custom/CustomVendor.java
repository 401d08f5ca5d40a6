package io.storyreel.local.simulator.custom;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.call.Part;
import io.storyreel.local.simulator.call.Subject;
import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.frame.Call;
import io.storyreel.local.simulator.frame.TaskVendor;
import io.storyreel.local.simulator.media.Studio;
import io.storyreel.local.simulator.task.Pace;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Request;

import java.time.InstantSource;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** A renderer behind our own contract, version 1. Without webhooks. */
public final class CustomVendor extends TaskVendor {

    public static final String NAME = "custom";
    private static final Pattern KEY = Pattern.compile("custom_[A-Za-z0-9_]+");
    private static final Pattern RENDER = Pattern.compile("/v1/renders/([^/]+)");

    private final RenderJobs jobs;
    private final CustomSubmit submit;

    public CustomVendor(TaskLine line, Studio studio, InstantSource clock, Supplier<Pace> pace) {
        super(NAME, line);
        jobs = new RenderJobs(line, files, clock, pace);
        submit = new CustomSubmit(line, studio, new IdempotencyKeys(clock));
    }

    @Override
    public boolean authorized(Request request) {
        return request.credentials("Bearer").filter(KEY.asMatchPredicate()).isPresent();
    }

    @Override
    public Answer unauthorized() {
        return CustomRefusal.answer(401, "unauthorized", "Send 'Authorization: Bearer custom_…'", List.of());
    }

    @Override
    protected Subject order(Request request) {
        var path = RENDER.matcher(request.path());
        if (path.matches()) {
            var kind = request.method().equals("DELETE") ? CallKind.CANCEL : CallKind.POLL;
            return about(kind, path.group(1), this::carries);
        }
        return request.call().equals("POST /v1/renders")
                ? Subject.submit(request::text, Part.MONEY)
                : Subject.of(CallKind.OTHER);
    }

    private Set<Part> carries(Task task) {
        return switch (jobs.current(task).phase()) {
            case RUNNING -> Set.of(Part.STATE, Part.MONEY, Part.PROGRESS);
            case SUCCEEDED -> Set.of(Part.STATE, Part.MONEY, Part.OUTPUT, Part.SIZE, Part.SHA256);
            default -> Set.of(Part.STATE, Part.MONEY);
        };
    }

    @Override
    public CompletionStage<Answer> answer(Request request, Call call) {
        var id = request.header("X-Request-Id").filter(text -> text.length() <= 128);
        return super.answer(request, call)
                .thenApply(answer -> id.isPresent() ? answer.with("X-Request-Id", id.get()) : answer);
    }

    @Override
    protected CompletionStage<Answer> reply(Request request, Call call) throws CustomRefusal {
        return answered(request, call).now();
    }

    private Answer answered(Request request, Call call) throws CustomRefusal {
        var render = RENDER.matcher(request.path());
        if (render.matches()) {
            var task = line.find(render.group(1)).orElseThrow(CustomVendor::notFound);
            return switch (request.method()) {
                case "GET" -> poll(task, request, call.fault());
                case "DELETE" -> cancel(task, request, call.fault());
                default -> throw notFound();
            };
        }
        return switch (request.call()) {
            case "POST /v1/renders" -> {
                var accepted = submit.accept(request, call);
                var answer = job(202, accepted, request, call.fault())
                        .with("Location", "/v1/renders/" + accepted.id())
                        .with("Retry-After", jobs.retryAfter());
                yield call.isRepeated() ? answer.with("Idempotent-Replayed", "true") : answer;
            }
            case "GET /v1/capabilities" -> Answer.json(200, Capabilities.describe());
            default -> throw notFound();
        };
    }

    private static CustomRefusal notFound() {
        return new CustomRefusal(404, "not_found", "There is nothing at this address");
    }

    private Answer poll(Task task, Request request, Fault fault) {
        var answer = job(200, task, request, fault);
        var waits = !jobs.current(task).phase().isFinal();
        return polled(task, fault, waits ? answer.with("Retry-After", jobs.retryAfter()) : answer);
    }

    private Answer cancel(Task task, Request request, Fault fault) throws CustomRefusal {
        jobs.stop(task);
        return switch (jobs.current(task).phase()) {
            case SUCCEEDED, FAILED -> throw new CustomRefusal(409, "already_final", "The render has ended already");
            case CANCELED -> job(200, task, request, fault);
            default -> job(202, task, request, fault);
        };
    }

    private Answer job(int status, Task task, Request request, Fault fault) {
        ObjectNode job = jobs.describe(task, jobs.current(task), request.origin(), fault);
        return Answer.json(status, job);
    }

    @Override
    public Answer failure(int status, Fault fault) {
        var code = fault.code().isEmpty()
                ? switch (status) {
                    case 400 -> "invalid_request";
                    case 401 -> "unauthorized";
                    case 402 -> "insufficient_credit";
                    case 403 -> "forbidden";
                    case 404 -> "not_found";
                    case 409 -> "idempotency_in_progress";
                    case 410 -> "expired";
                    case 413 -> "too_large";
                    case 422 -> "invalid_storyboard";
                    case 429 -> "rate_limited";
                    case 503 -> "unavailable";
                    default -> "internal";
                }
                : fault.code();
        return CustomRefusal.answer(status, code, fault.message("The renderer cannot: " + code), List.of());
    }

    @Override
    public Answer quotaExhausted(Fault fault) {
        return CustomRefusal.answer(
                402, "insufficient_credit", fault.message("The account is out of credit"), List.of());
    }
}
