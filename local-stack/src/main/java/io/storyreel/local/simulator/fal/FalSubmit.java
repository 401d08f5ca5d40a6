package io.storyreel.local.simulator.fal;

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
import io.storyreel.local.simulator.task.Outcome;
import io.storyreel.local.simulator.task.Product;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.wire.Request;

import java.awt.Color;
import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

/** Puts a model's input in the queue. Whether the model can use it shows when it runs. */
record FalSubmit(TaskLine line, Studio studio) {

    /** Field of a task's input with the seconds within which it must start. */
    static final String START_WITHIN = "start_within";

    private static final Color COLOUR = new Color(0xB5472B);

    Task accept(FalModel model, ObjectNode body, Request request, Call call) {
        var input = JsonNodeFactory.instance.objectNode();
        request.header("X-Fal-Request-Timeout").ifPresent(seconds -> input.put(START_WITHIN, seconds));
        try {
            var parsed = FalInput.parse(model, body, studio.assets());
            var bill = new Bill(model.price(parsed.resolution(), parsed.seconds()));
            var task = new Task(
                    UUID.randomUUID().toString(),
                    model.id(),
                    parsed.prompt(),
                    input,
                    TaskFaults.outcome(call.fault(), "Internal Server Error"),
                    bill,
                    () -> clip(parsed));
            call.bought(purchase(model, parsed, bill));
            return entered(task, call);
        } catch (FalInput.Invalid e) {
            input.set("invalid", e.detail());
            return entered(invalid(model, body, input, e), call);
        }
    }

    private static Task invalid(FalModel model, ObjectNode body, ObjectNode input, FalInput.Invalid reason) {
        return new Task(
                UUID.randomUUID().toString(),
                model.id(),
                body.path("prompt").asText(""),
                input,
                new Outcome.Failure("invalid", reason.getMessage(), false),
                new Bill(BigDecimal.ZERO),
                () -> CompletableFuture.completedFuture(List.of()));
    }

    private Task entered(Task task, Call call) {
        line.enter(task);
        call.concerns(task.id());
        return task;
    }

    private CompletableFuture<List<Product>> clip(FalInput input) {
        var shortSide = input.resolution().equals("1080p") ? 1080 : 720;
        var picture = input.pictures().isEmpty()
                ? new Asset.Drawn(input.prompt())
                : input.pictures().get(0);
        var band = new Band("PIKA " + input.seconds() + " S", COLOUR);
        Framing framing = input.ratio().isEmpty()
                ? new Framing.AsPicture(shortSide)
                : new Framing.Fixed(Shape.ratio(input.ratio(), shortSide));
        return studio.clips()
                .clip(new ClipMaker.Clip(picture, framing, input.seconds(), false, band))
                .thenApply(List::of);
    }

    private static Purchase purchase(FalModel model, FalInput input, Bill bill) {
        var images = input.pictures().stream().map(Asset::identity).collect(Collectors.joining(" "));
        var scene = Digest.of(
                model.id(),
                input.prompt(),
                images,
                input.ratio(),
                input.resolution(),
                Integer.toString(input.seconds()),
                input.seed());
        return new Purchase(scene.substring(0, 16), "", model.id(), input.prompt(), images, input.seconds(), bill);
    }
}
