package io.storyreel.worker.provider.pika;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.smallrye.faulttolerance.api.RateLimit;
import io.smallrye.faulttolerance.api.RetryWhen;
import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.JsonCall;
import io.storyreel.worker.provider.http.PassesSoon;
import io.storyreel.worker.provider.http.RetryAfterBackoff;
import io.storyreel.worker.provider.http.TaskIds;
import io.storyreel.worker.provider.pika.FalErrors.Asked;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import java.time.temporal.ChronoUnit;

/**
 * fal's queue, and what happens when it goes wrong. All numbers can be set by {@code quarkus.fault-tolerance}. The
 * waiting queues hold what the tasks of a worker may ask at once. A refusal opens no circuit, as one user's picture says
 * nothing about the next; nor does a run that failed.
 */
@ApplicationScoped
@Retry(maxRetries = 3, maxDuration = 0, delay = 1, delayUnit = ChronoUnit.SECONDS, jitter = 0)
@RetryWhen(exception = PassesSoon.class)
@CustomBackoff(RetryAfterBackoff.class)
@CircuitBreaker(
        requestVolumeThreshold = 20,
        failureRatio = 0.5,
        delay = 10,
        delayUnit = ChronoUnit.SECONDS,
        failOn = ProviderOutageException.class,
        skipOn = FalRunFailure.class)
@RateLimit(value = 1_000, window = 1, windowUnit = ChronoUnit.SECONDS)
@Bulkhead(value = 50, waitingTaskQueue = 10_000)
public class PikaGateway {
    static final String VENDOR = "Pika (fal.ai)";

    private final FalWire wire;

    public PikaGateway(FalWire wire) {
        this.wire = wire;
    }

    /** Orders a clip. Repeated only if fal has said that it did not take the order, or was not reached. */
    @CircuitBreakerName("pika-submit")
    @RateLimit(value = 20, window = 1, windowUnit = ChronoUnit.SECONDS)
    public Uni<Submitted> submit(String url, JsonObject input, Departure departure) {
        return departure.of(() -> wire.send(JsonCall.post(VENDOR, url, input))
                .onFailure(TimeoutException.class)
                .transform(late -> new OutcomeUnknownException(VENDOR + " did not answer in time", late))
                .invoke(answer -> FalErrors.check(answer, Asked.ORDER))
                .map(answer -> new Submitted(
                        TaskIds.accepted(answer, "request_id"), FalAddresses.handle(answer.json()), null)));
    }

    /** The state of a task. */
    @CircuitBreakerName("pika-poll")
    public Uni<JsonObject> state(String url) {
        return question(JsonCall.get(VENDOR, url), Asked.STATE).map(JsonAnswer::json);
    }

    /** What came of a completed run: its output, or a fault of the run, such as a refusal of the picture. */
    @CircuitBreakerName("pika-result")
    public Uni<JsonAnswer> result(String url) {
        return question(JsonCall.get(VENDOR, url), Asked.RESULT);
    }

    /** Asks to stop. The answer may be one of fal's refusals, which say where the task stands. */
    @CircuitBreakerName("pika-cancel")
    public Uni<JsonAnswer> cancel(String url) {
        return question(JsonCall.put(VENDOR, url), Asked.STOP);
    }

    private Uni<JsonAnswer> question(JsonCall call, Asked asked) {
        return Uni.createFrom()
                .deferred(() -> wire.send(call))
                .onFailure(TimeoutException.class)
                .transform(late -> new ProviderOutageException(VENDOR + " did not answer in time", late))
                .invoke(answer -> FalErrors.check(answer, asked));
    }
}
