package io.storyreel.local.simulator.runway;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.frame.Call;
import io.storyreel.local.simulator.frame.TaskFaults;
import io.storyreel.local.simulator.log.Purchase;
import io.storyreel.local.simulator.media.Asset;
import io.storyreel.local.simulator.media.Band;
import io.storyreel.local.simulator.media.ClipMaker;
import io.storyreel.local.simulator.media.Digest;
import io.storyreel.local.simulator.media.Framing;
import io.storyreel.local.simulator.media.Shape;
import io.storyreel.local.simulator.media.Studio;
import io.storyreel.local.simulator.task.Bill;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Request;

import java.awt.Color;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** Checks what is asked for, and takes it on. */
record RunwaySubmit(TaskLine line, Studio studio, RunwayUploads uploads) {

    static final Set<String> PATHS =
            Set.of("/v1/image_to_video", "/v1/text_to_video", "/v1/video_to_video", "/v1/generate/video");
    private static final Color COLOUR = new Color(0x5B2BB5);

    /** A checked order. */
    private record Order(
            RunwayModel model, String prompt, Asset picture, String ratio, int seconds, boolean sound, String seed) {}

    Answer answer(Request request, Call call) throws RunwayRefusal {
        if (!request.isJson()) {
            throw new RunwayRefusal(400, "The Content-Type must be application/json.");
        }
        var body = request.object().orElseThrow(() -> new RunwayRefusal(400, "The body is not a JSON object."));
        var fields = new RunwayFields(body, studio.assets(), uploads);
        var order =
                switch (request.path()) {
                    case "/v1/image_to_video" -> order(fields, true);
                    case "/v1/text_to_video" -> order(fields, false);
                    default -> throw new RunwayRefusal(400, "The simulator does not simulate " + request.path() + ".");
                };
        return accept(order, call);
    }

    private static Order order(RunwayFields fields, boolean fromImage) throws RunwayRefusal {
        var name = fields.requiredText("model");
        var model = RunwayModel.named(name)
                .filter(found -> fromImage || !found.textRatios().isEmpty())
                .orElseThrow(() ->
                        RunwayRefusal.invalid("model", "invalid_union", "Invalid input: no model '" + name + "' here"));
        fields.allowOnly(allowed(model, fromImage));
        fields.checkSeed();
        fields.checkModeration();
        if (!fields.raw("outputFormat").asText("mp4").equals("mp4")) {
            throw RunwayRefusal.invalid("outputFormat", "invalid_value", "The simulator makes mp4 only");
        }
        var prompt = fields.prompt(!fromImage || model.promptNeeded());
        return new Order(
                model,
                prompt,
                fromImage ? fields.promptImage(model.sound()) : new Asset.Drawn(prompt),
                fields.oneOf("ratio", fromImage ? model.ratios() : model.textRatios()),
                fields.duration(model),
                model.sound() && fields.flag("audio", true),
                fields.raw("seed").asText(""));
    }

    private static Set<String> allowed(RunwayModel model, boolean fromImage) {
        var names = new HashSet<>(Set.of("model", "promptText", "ratio", "duration", "seed"));
        names.addAll(model.sound() ? Set.of("audio", "negativePrompt") : Set.of("contentModeration", "outputFormat"));
        if (fromImage) {
            names.add("promptImage");
        }
        return names;
    }

    private Answer accept(Order order, Call call) {
        var credits = order.model().credits(order.seconds(), order.sound());
        var bill = new Bill(RunwayModel.dollars(credits));
        var id = UUID.randomUUID().toString();
        var clip = new ClipMaker.Clip(
                order.picture(),
                new Framing.Fixed(Shape.pixels(order.ratio())),
                order.seconds(),
                order.sound(),
                new Band("RUNWAY " + order.seconds() + " S", COLOUR));
        line.enter(new Task(
                id,
                order.model().id(),
                order.prompt(),
                JsonNodeFactory.instance.objectNode(),
                TaskFaults.outcome(call.fault(), "The task failed."),
                bill,
                () -> studio.clips().clip(clip).thenApply(List::of)));
        call.concerns(id);
        call.bought(purchase(order, bill));
        ObjectNode answer = JsonNodeFactory.instance.objectNode().put("id", id);
        RunwayTasks.money(answer, "estimatedCost", bill.price(), call.fault());
        return Answer.json(200, answer);
    }

    private static Purchase purchase(Order order, Bill bill) {
        var image = order.picture().identity();
        var scene = Digest.of(
                order.model().id(),
                order.prompt(),
                image,
                order.ratio(),
                Integer.toString(order.seconds()),
                Boolean.toString(order.sound()),
                order.seed());
        return new Purchase(
                scene.substring(0, 16), "", order.model().id(), order.prompt(), image, order.seconds(), bill);
    }
}
