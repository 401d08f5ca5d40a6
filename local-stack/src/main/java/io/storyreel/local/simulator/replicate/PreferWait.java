package io.storyreel.local.simulator.replicate;

import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.task.Task;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Request;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.regex.Pattern;

/** Answers a creation: at once, or for {@code Prefer: wait} when the prediction has ended or the patience has. */
record PreferWait(Predictions predictions, InstantSource clock, ScheduledExecutorService timer) {

    private static final Pattern WAIT = Pattern.compile("wait(?:=(\\d{1,3}))?");
    private static final int LONGEST = 60;
    private static final Duration BETWEEN_LOOKS = Duration.ofMillis(100);

    CompletionStage<Answer> answer(Task task, Request request, Fault fault) {
        var prefer = request.header("Prefer").orElse("");
        var match = WAIT.matcher(prefer);
        if (prefer.isEmpty()) {
            return created(201, task, request.origin(), fault).now();
        }
        var seconds = !match.matches() ? 0 : match.group(1) == null ? LONGEST : Integer.parseInt(match.group(1));
        if (seconds < 1 || seconds > LONGEST) {
            return created(201, task, request.origin(), fault).now(); // a preference that cannot be met is none
        }
        var answer = new CompletableFuture<Answer>();
        look(task, request.origin(), fault, clock.instant().plusSeconds(seconds), answer);
        return answer;
    }

    /** Holds the address the request came to, not the request: it may be large. */
    private void look(Task task, String origin, Fault fault, Instant until, CompletableFuture<Answer> answer) {
        if (predictions.current(task).phase().isFinal()) {
            answer.complete(created(201, task, origin, fault));
        } else if (clock.instant().isAfter(until)) {
            answer.complete(created(202, task, origin, fault));
        } else {
            timer.schedule(
                    () -> look(task, origin, fault, until, answer), BETWEEN_LOOKS.toMillis(), TimeUnit.MILLISECONDS);
        }
    }

    private Answer created(int status, Task task, String origin, Fault fault) {
        var json = predictions.describe(task, origin, fault);
        return Answer.json(status, json).with("Location", json.at("/urls/get").asText());
    }
}
