package io.storyreel.local.simulator.custom;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.storyreel.local.simulator.frame.Call;
import io.storyreel.local.simulator.frame.TaskFaults;
import io.storyreel.local.simulator.log.Purchase;
import io.storyreel.local.simulator.media.Asset;
import io.storyreel.local.simulator.media.Digest;
import io.storyreel.local.simulator.media.Movie;
import io.storyreel.local.simulator.media.Studio;
import io.storyreel.local.simulator.task.Bill;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.task.TaskLine;
import io.storyreel.local.simulator.wire.Request;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.UUID;
import java.util.stream.Collectors;

/** Takes a render on, once for each idempotency key. */
record CustomSubmit(TaskLine line, Studio studio, IdempotencyKeys keys) {

    static final int LARGEST_BODY = 1 << 20;
    private static final BigDecimal DOLLARS_PER_SECOND = new BigDecimal("0.05");

    /** One at a time, so that two calls with one key cannot both be the first. */
    Task accept(Request request, Call call) throws CustomRefusal {
        synchronized (keys) {
            return acceptOne(request, call);
        }
    }

    private Task acceptOne(Request request, Call call) throws CustomRefusal {
        if (request.body().length > LARGEST_BODY) {
            throw new CustomRefusal(413, "too_large", "The body is larger than " + LARGEST_BODY + " bytes");
        }
        var body = request.object()
                .orElseThrow(() -> new CustomRefusal(400, "invalid_json", "The body is not a JSON object"));
        var key = IdempotencyKeys.check(request.header("Idempotency-Key"));
        var token = request.header("Authorization").orElse("");
        var canonical = IdempotencyKeys.canonical(body);
        var known = keys.task(token, key, canonical).flatMap(line::find);
        if (known.isPresent()) {
            call.concerns(known.get().id());
            call.repeats();
            return known.get();
        }
        var movie = RenderOrder.parse(body, studio.assets());
        var bill = new Bill(
                DOLLARS_PER_SECOND.multiply(BigDecimal.valueOf(movie.seconds())).setScale(2, RoundingMode.HALF_UP));
        var input = JsonNodeFactory.instance.objectNode();
        input.set(
                RenderJobs.METADATA,
                body.path(RenderJobs.METADATA).isObject()
                        ? body.get(RenderJobs.METADATA)
                        : JsonNodeFactory.instance.objectNode());
        var task = new Task(
                "rnd_" + UUID.randomUUID().toString().replace("-", ""),
                "custom",
                about(movie),
                input,
                TaskFaults.outcome(call.fault(), "The renderer failed"),
                bill,
                () -> studio.movies().movie(movie).thenApply(List::of));
        line.enter(task);
        keys.remember(token, key, canonical, task.id());
        call.concerns(task.id());
        call.bought(purchase(movie, key, bill));
        return task;
    }

    private static String about(Movie movie) {
        return movie.lines().stream().map(Movie.Line::text).collect(Collectors.joining(" "));
    }

    private static Purchase purchase(Movie movie, String key, Bill bill) {
        var images =
                movie.scenes().stream().map(scene -> scene.picture().identity()).collect(Collectors.joining(" "));
        var lengths = movie.scenes().stream()
                .map(scene -> Double.toString(scene.seconds()))
                .collect(Collectors.joining(" "));
        Asset music = movie.music() == null ? null : movie.music().sound();
        var scene = Digest.of(
                images,
                lengths,
                movie.lines().toString(),
                music == null ? "" : music.identity(),
                movie.shortSide() + movie.format() + movie.fps());
        return new Purchase(scene.substring(0, 16), key, "custom", about(movie), images, movie.seconds(), bill);
    }
}
