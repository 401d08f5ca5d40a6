package io.storyreel.local.simulator.replicate;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
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
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.function.Supplier;
import java.util.regex.Pattern;

/** Replicate's API for predictions. Without webhooks and streams. */
public final class ReplicateVendor extends TaskVendor {

    public static final String NAME = "replicate";
    private static final Pattern KEY = Pattern.compile("r8_[A-Za-z0-9_]+");
    private static final Pattern PREDICTION = Pattern.compile("/v1/predictions/([^/]+)(/cancel|)");
    private static final Pattern MODEL = Pattern.compile("/v1/models/([^/]+/[^/]+)(/predictions|/versions/[^/]+|)");
    private static final Pattern FILE = Pattern.compile("/v1/files/([^/]+)");
    private static final int PAGE = 100;

    private final ReplicateFiles uploads;
    private final Predictions predictions;
    private final ReplicateSubmit submit;
    private final PreferWait preferWait;

    public ReplicateVendor(
            TaskLine line, Studio studio, InstantSource clock, Supplier<Pace> pace, ScheduledExecutorService timer) {
        super(NAME, line);
        uploads = new ReplicateFiles(studio.assets(), clock);
        predictions = new Predictions(line, files, clock, pace);
        submit = new ReplicateSubmit(line, studio, uploads, clock);
        preferWait = new PreferWait(predictions, clock, timer);
    }

    @Override
    public boolean authorized(Request request) {
        return request.credentials("Bearer")
                .or(() -> request.credentials("Token"))
                .filter(KEY.asMatchPredicate())
                .isPresent();
    }

    @Override
    public Answer unauthorized() {
        return ReplicateRefusal.problem(401, "Unauthenticated", "You did not pass a valid authentication token");
    }

    @Override
    protected Subject order(Request request) {
        var path = PREDICTION.matcher(request.path());
        if (path.matches()) {
            var kind = path.group(2).isEmpty() ? CallKind.POLL : CallKind.CANCEL;
            return about(kind, path.group(1), this::carries);
        }
        var submits = request.method().equals("POST") && request.path().endsWith("/predictions");
        return submits ? Subject.submit(request::text) : Subject.of(CallKind.OTHER);
    }

    private Set<Part> carries(Task task) {
        return switch (predictions.current(task).phase()) {
            case RUNNING -> Set.of(Part.STATE, Part.PROGRESS);
            case SUCCEEDED -> Set.of(Part.STATE, Part.OUTPUT);
            default -> Set.of(Part.STATE);
        };
    }

    @Override
    protected CompletionStage<Answer> reply(Request request, Call call) throws ReplicateRefusal {
        var model = MODEL.matcher(request.path());
        if (request.call().equals("POST /v1/predictions")) {
            return preferWait.answer(submit.accept(null, request, call), request, call.fault());
        }
        if (model.matches()
                && model.group(2).equals("/predictions")
                && request.method().equals("POST")) {
            return preferWait.answer(submit.accept(model.group(1), request, call), request, call.fault());
        }
        return answered(request, call).now();
    }

    private Answer answered(Request request, Call call) throws ReplicateRefusal {
        var prediction = PREDICTION.matcher(request.path());
        if (prediction.matches()) {
            var task = line.find(prediction.group(1)).orElseThrow(ReplicateRefusal::notFound);
            return prediction(task, prediction.group(2), request, call.fault());
        }
        var model = MODEL.matcher(request.path());
        if (model.matches() && request.method().equals("GET")) {
            return Answer.json(200, model(model.group(1), model.group(2)));
        }
        var file = FILE.matcher(request.path());
        if (file.matches() && request.method().equals("GET")) {
            return Answer.json(200, uploads.describe(file.group(1)).orElseThrow(ReplicateRefusal::notFound));
        }
        return switch (request.call()) {
            case "GET /v1/predictions" -> Answer.json(200, list(request));
            case "POST /v1/files" -> Answer.json(201, uploads.upload(request));
            case "GET /v1/account" ->
                Answer.json(
                        200,
                        JsonNodeFactory.instance
                                .objectNode()
                                .put("type", "user")
                                .put("username", "simulated")
                                .put("name", "Simulated")
                                .put("github_url", "https://github.com/simulated"));
            case "GET /v1/webhooks/default/secret" ->
                Answer.json(
                        200,
                        JsonNodeFactory.instance.objectNode().put("key", "whsec_c2ltdWxhdGVkc2ltdWxhdGVkc2ltdWw="));
            default -> throw ReplicateRefusal.notFound();
        };
    }

    private Answer prediction(Task task, String what, Request request, Fault fault) throws ReplicateRefusal {
        var wanted = what.isEmpty() ? "GET" : "POST";
        if (!request.method().equals(wanted)) {
            throw new ReplicateRefusal(405, "Method not allowed", "Method \"" + request.method() + "\" not allowed.");
        }
        if (what.isEmpty()) {
            var answer = Answer.json(200, predictions.describe(task, request.origin(), fault));
            return polled(task, fault, answer);
        }
        line.cancel(task);
        return Answer.json(200, predictions.describe(task, request.origin(), fault));
    }

    private static ObjectNode model(String id, String what) throws ReplicateRefusal {
        var model = ReplicateModel.named(id).orElseThrow(ReplicateRefusal::notFound);
        if (what.isEmpty()) {
            return model.describe();
        }
        if (!what.equals("/versions/" + model.version())) {
            throw ReplicateRefusal.notFound();
        }
        return model.describeVersion();
    }

    /** Newest first. */
    private ObjectNode list(Request request) {
        var from = request.query("cursor")
                .filter(text -> text.matches("\\d{1,9}"))
                .map(Integer::parseInt)
                .orElse(0);
        var all = line.all();
        var json = JsonNodeFactory.instance.objectNode();
        var base = request.origin() + "/replicate/v1/predictions?cursor=";
        json.put("previous", from == 0 ? null : base + Math.max(0, from - PAGE));
        json.put("next", from + PAGE < all.size() ? base + (from + PAGE) : null);
        var results = json.putArray("results");
        all.stream()
                .skip(from)
                .limit(PAGE)
                .forEach(task -> results.add(predictions.describe(task, request.origin(), Fault.NONE)));
        return json;
    }

    @Override
    public Answer failure(int status, Fault fault) {
        var again = fault.retryAfter().filter(hint -> hint.matches("\\d+")).orElse("5");
        return switch (status) {
            case 401 -> unauthorized();
            case 429 ->
                ReplicateRefusal.problem(
                        429,
                        "Too many requests",
                        fault.message("Request was throttled. Your rate limit resets in ~" + again + "s."));
            default ->
                ReplicateRefusal.problem(status, "Error " + status, fault.message("The service is not available."));
        };
    }

    @Override
    public Answer quotaExhausted(Fault fault) {
        return ReplicateRefusal.problem(
                402,
                "Insufficient credit",
                fault.message("You have insufficient credit to run this model. Go to"
                        + " https://replicate.com/account/billing#billing to purchase credit."));
    }
}
