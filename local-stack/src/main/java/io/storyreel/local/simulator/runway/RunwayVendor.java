package io.storyreel.local.simulator.runway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** RunwayML's API, version 2024-11-06. */
public final class RunwayVendor extends TaskVendor {

    public static final String NAME = "runway";
    private static final String VERSION = "2024-11-06";
    private static final Pattern KEY = Pattern.compile("key_[A-Za-z0-9_]+");
    private static final Pattern TASK = Pattern.compile("/v1/tasks/([^/]+)");
    private static final Pattern UPLOAD = Pattern.compile("/uploads/([^/]+)");

    private final RunwayTasks tasks;
    private final RunwayUploads uploads;
    private final RunwaySubmit submit;
    private final RunwayOrganization organization;

    public RunwayVendor(TaskLine line, Studio studio, InstantSource clock) {
        super(NAME, line);
        tasks = new RunwayTasks(files);
        uploads = new RunwayUploads(studio.assets(), clock);
        submit = new RunwaySubmit(line, studio, uploads);
        organization = new RunwayOrganization(line);
    }

    @Override
    public boolean authorized(Request request) {
        // A slot for an upload is opened by the key, and then filled without it.
        return UPLOAD.matcher(request.path()).matches()
                || request.credentials("Bearer").filter(KEY.asMatchPredicate()).isPresent();
    }

    @Override
    public Answer unauthorized() {
        return error(401, "You did not provide a valid API key.");
    }

    @Override
    protected Subject order(Request request) {
        var path = TASK.matcher(request.path());
        if (path.matches()) {
            var kind = request.method().equals("DELETE") ? CallKind.CANCEL : CallKind.POLL;
            return about(kind, path.group(1), task -> carries(line.state(task).phase()));
        }
        return RunwaySubmit.PATHS.contains(request.path())
                ? Subject.submit(request::text, Part.MONEY)
                : Subject.of(CallKind.OTHER);
    }

    private static Set<Part> carries(Phase phase) {
        return switch (phase) {
            case RUNNING -> Set.of(Part.STATE, Part.MONEY, Part.PROGRESS);
            case SUCCEEDED -> Set.of(Part.STATE, Part.MONEY, Part.OUTPUT);
            default -> Set.of(Part.STATE, Part.MONEY);
        };
    }

    @Override
    protected CompletionStage<Answer> reply(Request request, Call call) throws RunwayRefusal {
        return answered(request, call).now();
    }

    private Answer answered(Request request, Call call) throws RunwayRefusal {
        var upload = UPLOAD.matcher(request.path());
        if (upload.matches() && request.method().equals("POST")) {
            return uploads.fill(upload.group(1), request) ? Answer.empty(204) : error(400, "The upload is incomplete.");
        }
        checkVersion(request);
        var task = TASK.matcher(request.path());
        if (task.matches()) {
            return task(request, call, task.group(1));
        }
        return switch (request.path()) {
            case "/v1/image_to_video", "/v1/text_to_video", "/v1/video_to_video", "/v1/generate/video" -> {
                only("POST", request);
                yield submit.answer(request, call);
            }
            case "/v1/uploads" -> {
                only("POST", request);
                yield Answer.json(200, uploads.open(request.origin()));
            }
            case "/v1/organization" -> {
                only("GET", request);
                yield Answer.json(200, organization.describe());
            }
            case "/v1/organization/usage" -> {
                only("POST", request);
                yield Answer.json(200, organization.usage());
            }
            default -> throw new RunwayRefusal(404, "Not found");
        };
    }

    private static void checkVersion(Request request) throws RunwayRefusal {
        var version = request.header("X-Runway-Version").orElse("");
        if (!version.equals(VERSION)) {
            throw new RunwayRefusal(
                    400,
                    version.isEmpty()
                            ? "The X-Runway-Version header is required."
                            : "Unsupported API version '" + version + "'; the current version is " + VERSION + ".");
        }
    }

    private static void only(String method, Request request) throws RunwayRefusal {
        if (!request.method().equals(method)) {
            throw new RunwayRefusal(405, "Method not allowed");
        }
    }

    private Answer task(Request request, Call call, String id) throws RunwayRefusal {
        Task task = line.find(id).orElseThrow(() -> new RunwayRefusal(404, "Task not found"));
        if (request.method().equals("DELETE")) {
            line.forget(task);
            return Answer.empty(204);
        }
        only("GET", request);
        var answer = Answer.json(200, tasks.describe(task, line.state(task), request.origin(), call.fault()));
        return polled(task, call.fault(), answer);
    }

    @Override
    public Answer failure(int status, Fault fault) {
        return error(
                status,
                fault.message(
                        switch (status) {
                            case 400 -> "Validation of body failed";
                            case 401 -> "You did not provide a valid API key.";
                            case 429 -> "You have exceeded the daily task limit of this model.";
                            case 500 -> "An unexpected error occurred.";
                            default -> "The service is overloaded. Try again later.";
                        }));
    }

    /** The cap of generations in 24 hours is the one quota that Runway's page has a status for. */
    @Override
    public Answer quotaExhausted(Fault fault) {
        return error(429, fault.message("You have exceeded the daily task limit of this model."));
    }

    static Answer error(int status, String message) {
        return Answer.json(status, JsonNodeFactory.instance.objectNode().put("error", message));
    }
}
