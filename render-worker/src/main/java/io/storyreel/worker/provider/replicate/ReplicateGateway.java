package io.storyreel.worker.provider.replicate;

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
import io.storyreel.worker.provider.replicate.ReplicateErrors.Asked;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * Replicate's predictions, and what happens when it goes wrong. All numbers can be set by {@code
 * quarkus.fault-tolerance}. The waiting queues hold what the tasks of a worker may ask at once. A refusal opens no
 * circuit, as one user's picture says nothing about the next. Replicate takes 600 orders and 3,000 other calls a minute,
 * which the rate limits share out. They count in fixed windows: a rolling one counts those it turns away as well, and so
 * never opens again while somebody waits.
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
        failOn = ProviderOutageException.class)
@RateLimit(value = 5, window = 1, windowUnit = ChronoUnit.SECONDS)
@Bulkhead(value = 50, waitingTaskQueue = 10_000)
public class ReplicateGateway {
    static final String VENDOR = "Replicate";
    private static final String CANCEL_AFTER = "Cancel-After";

    private final ReplicateWire wire;

    public ReplicateGateway(ReplicateWire wire) {
        this.wire = wire;
    }

    /** Orders a prediction. Repeated only if Replicate has said that it did not take the order, or was not reached. */
    @CircuitBreakerName("replicate-submit")
    @RateLimit(value = 7, window = 1, windowUnit = ChronoUnit.SECONDS)
    public Uni<Submitted> order(String url, JsonObject order, Duration cancelAfter, Departure departure) {
        JsonCall call = JsonCall.post(VENDOR, url, order).with(CANCEL_AFTER, cancelAfter.toSeconds() + "s");
        return departure.of(() -> accepted(wire.send(call)));
    }

    /** The same, with the connection held until it is made, or for as long as the settings say. */
    @CircuitBreakerName("replicate-image")
    @RateLimit(value = 3, window = 1, windowUnit = ChronoUnit.SECONDS)
    public Uni<Submitted> orderAndHold(String url, JsonObject order, Duration cancelAfter, Departure departure) {
        JsonCall call = JsonCall.post(VENDOR, url, order).with(CANCEL_AFTER, cancelAfter.toSeconds() + "s");
        return departure.of(() -> accepted(wire.sendAndHold(call)));
    }

    /** Reads a prediction, or a page of their list. */
    @CircuitBreakerName("replicate-poll")
    @RateLimit(value = 40, window = 1, windowUnit = ChronoUnit.SECONDS)
    public Uni<JsonObject> read(String url) {
        return question(JsonCall.get(VENDOR, url), Asked.TASK).map(JsonAnswer::json);
    }

    /** Stops a prediction and tells what has become of it. */
    @CircuitBreakerName("replicate-cancel")
    public Uni<JsonObject> cancel(String url) {
        return question(JsonCall.post(VENDOR, url, null).asRepeatable(), Asked.TASK)
                .map(JsonAnswer::json);
    }

    /** What a model is like; the answer is 404 if there is none. */
    @CircuitBreakerName("replicate-model")
    public Uni<JsonAnswer> describe(String url) {
        return question(JsonCall.get(VENDOR, url), Asked.MODEL);
    }

    /** Keeps a file there for a day and tells where. */
    @CircuitBreakerName("replicate-upload")
    @RateLimit(value = 7, window = 1, windowUnit = ChronoUnit.SECONDS)
    public Uni<JsonObject> upload(String url, String contentType, Buffer content) {
        JsonCall call = JsonCall.post(VENDOR, url, null).asRepeatable().with("Content-Type", contentType);
        return checked(Uni.createFrom().deferred(() -> wire.upload(call, content)), Asked.FILE)
                .map(JsonAnswer::json);
    }

    private static Uni<Submitted> accepted(Uni<JsonAnswer> answer) {
        return answer.onFailure(TimeoutException.class)
                .transform(late -> new OutcomeUnknownException(VENDOR + " did not answer in time", late))
                .invoke(told -> ReplicateErrors.check(told, Asked.ORDER))
                .map(told -> new Submitted(TaskIds.accepted(told, "id"), ReplicateAddresses.handle(told.json()), null));
    }

    private Uni<JsonAnswer> question(JsonCall call, Asked asked) {
        return checked(Uni.createFrom().deferred(() -> wire.send(call)), asked);
    }

    private static Uni<JsonAnswer> checked(Uni<JsonAnswer> answered, Asked asked) {
        return answered.onFailure(TimeoutException.class)
                .transform(late -> new ProviderOutageException(VENDOR + " did not answer in time", late))
                .invoke(answer -> ReplicateErrors.check(answer, asked));
    }
}
