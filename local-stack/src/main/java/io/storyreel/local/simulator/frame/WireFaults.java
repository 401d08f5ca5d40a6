package io.storyreel.local.simulator.frame;

import io.storyreel.local.simulator.call.CallKind;
import io.storyreel.local.simulator.call.Part;
import io.storyreel.local.simulator.call.Subject;
import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Body;
import io.storyreel.local.simulator.wire.Delivery;

import java.time.Duration;
import java.util.Arrays;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The faults that are no vendor's own: of the connection, of the server before it, of the host of the files. */
public final class WireFaults {

    private static final Duration SLOW = Duration.ofSeconds(3);
    private static final Duration LATE = Duration.ofSeconds(60);
    private static final Duration HANG = Duration.ofMinutes(10);
    private static final byte[] HUGE = hugeJson(4 << 20);
    private static final String PAGE = "<!DOCTYPE html>\n<html><head><title>Just a moment…</title></head><body>"
            + "<h1>We will be right back</h1><p>" + "This page is no video and no JSON. ".repeat(60)
            + "</p></body></html>";
    /** Nothing listens there: a client that follows with its key fails, and one that checks the host never asks. */
    private static final String ELSEWHERE = "http://elsewhere.invalid/";

    private final ScheduledExecutorService timer;

    public WireFaults(ScheduledExecutorService timer) {
        this.timer = timer;
    }

    CompletionStage<Answer> around(
            Vendor vendor, Subject subject, Fault fault, Supplier<CompletionStage<Answer>> vendorsAnswer) {
        return switch (fault.kind()) {
            case STATUS ->
                withHint(vendor.failure(fault.status(), fault), fault).now();
            case QUOTA -> withHint(vendor.quotaExhausted(fault), fault).now();
            case RESET -> Answer.broken().now();
            case HTML -> Answer.html(200, PAGE).now();
            case REDIRECT ->
                Answer.empty(302)
                        .with("Location", fault.text("location", ELSEWHERE))
                        .now();
            case HANG -> after(fault.duration(HANG), () -> Answer.broken().now());
            case SLOW -> after(fault.duration(SLOW), vendorsAnswer);
            case LATE -> vendorsAnswer.get().thenCompose(answer -> after(fault.duration(LATE), answer::now));
            case RESET_AFTER -> vendorsAnswer.get().thenApply(lost -> Answer.broken());
            case BAD_JSON -> vendorsAnswer.get().thenApply(WireFaults::halved);
            case HUGE -> vendorsAnswer.get().thenApply(WireFaults::inflated);
            default ->
                subject.kind() == CallKind.DOWNLOAD || subject.carries().contains(Part.FILE)
                        ? vendorsAnswer.get().thenApply(answer -> delivered(answer, fault))
                        : vendorsAnswer.get();
        };
    }

    private CompletionStage<Answer> after(Duration delay, Supplier<CompletionStage<Answer>> answer) {
        Executor later = work -> timer.schedule(work, delay.toNanos(), TimeUnit.NANOSECONDS);
        return CompletableFuture.supplyAsync(answer, later).thenCompose(ready -> ready);
    }

    private static Answer withHint(Answer answer, Fault fault) {
        return fault.retryAfter().map(hint -> answer.with("Retry-After", hint)).orElse(answer);
    }

    private static byte[] hugeJson(int size) {
        var json = new byte[size];
        Arrays.fill(json, (byte) 'x');
        var begin = "{\"filler\":\"".getBytes(UTF_8);
        System.arraycopy(begin, 0, json, 0, begin.length);
        json[size - 2] = '"';
        json[size - 1] = '}';
        return json;
    }

    private static Answer halved(Answer answer) {
        return answer.body() instanceof Body.Bytes body
                ? new Answer(
                        answer.status(),
                        answer.headers(),
                        new Body.Bytes(body.contentType(), Arrays.copyOf(body.bytes(), body.bytes().length / 2)))
                : answer;
    }

    private static Answer inflated(Answer answer) {
        return Answer.bytes(answer.status() == 204 ? 200 : answer.status(), "application/json", HUGE);
    }

    private static Answer delivered(Answer answer, Fault fault) {
        return switch (fault.kind()) {
            case TRUNCATED -> answer.delivered(Delivery.TRUNCATED);
            case CUT -> answer.delivered(Delivery.CUT);
            case CORRUPT -> answer.delivered(Delivery.CORRUPT);
            case TINY -> answer.delivered(Delivery.TINY);
            case NO_CONTENT_LENGTH -> answer.delivered(Delivery.UNDECLARED);
            case WRONG_LENGTH -> answer.delivered(Delivery.WRONG_LENGTH);
            case ENDLESS -> answer.delivered(Delivery.ENDLESS);
            default -> answer;
        };
    }
}
