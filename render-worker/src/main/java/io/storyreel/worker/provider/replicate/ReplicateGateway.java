package io.storyreel.worker.provider.replicate;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.smallrye.faulttolerance.api.RateLimit;
import io.smallrye.faulttolerance.api.RateLimitType;
import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.JsonCall;
import io.storyreel.worker.provider.http.ProviderHttp;
import io.storyreel.worker.provider.http.ProviderKey;
import io.storyreel.worker.provider.http.RetryAfterBackoff;
import io.storyreel.worker.provider.http.TaskIds;
import io.storyreel.worker.provider.replicate.ReplicateErrors.Asked;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import java.time.Duration;
import java.time.temporal.ChronoUnit;

/**
 * Replicate's predictions on the wire, and what happens when it goes wrong. Numbers can be set by
 * {@code quarkus.fault-tolerance}.
 *
 * <p>Replicate takes 600 orders and 3,000 other calls a minute. The limit of a call is inside the queue for it (see
 * {@link #send}): thousands of tasks that wait for their turn say nothing against Replicate. A refusal or a full queue of
 * our own opens no circuit.
 */
@ApplicationScoped
public class ReplicateGateway {
    static final String NAME = "Replicate";
    private static final Duration BEYOND_HOLDING = Duration.ofSeconds(15);

    private final ProviderHttp http;
    private final ReplicateSettings settings;

    public ReplicateGateway(ProviderHttp http, ReplicateSettings settings) {
        this.http = http;
        this.settings = settings;
    }

    ProviderKey key() {
        return ProviderKey.of("REPLICATE_API_TOKEN", settings.apiToken().orElse(null));
    }

    /** Orders a prediction. Repeated only if Replicate has said that it did not take the order, or was not reached. */
    @Retry(
            maxRetries = 3,
            delay = 1_000,
            maxDuration = 0,
            retryOn = {ProviderBusyException.class, ProviderOutageException.class},
            abortOn = OutcomeUnknownException.class)
    @CustomBackoff(RetryAfterBackoff.class)
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 15_000, failOn = ProviderOutageException.class)
    @CircuitBreakerName("replicate")
    @RateLimit(value = 7, window = 1, windowUnit = ChronoUnit.SECONDS, type = RateLimitType.ROLLING)
    @Bulkhead(value = 16, waitingTaskQueue = 10_000)
    public Uni<Submitted> order(ModelName model, JsonObject input, Duration cancelAfter) {
        JsonCall order = orderOf(model, input).with("Cancel-After", cancelAfter.toSeconds() + "s");
        return accepted(Uni.createFrom().deferred(() -> send(order)));
    }

    /** The same, with the connection held until it is made, or for as long as the settings say. */
    @Retry(
            maxRetries = 3,
            delay = 1_000,
            maxDuration = 0,
            retryOn = {ProviderBusyException.class, ProviderOutageException.class},
            abortOn = OutcomeUnknownException.class)
    @CustomBackoff(RetryAfterBackoff.class)
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 15_000, failOn = ProviderOutageException.class)
    @CircuitBreakerName("replicate-images")
    @RateLimit(value = 3, window = 1, windowUnit = ChronoUnit.SECONDS, type = RateLimitType.ROLLING)
    @Bulkhead(value = 32, waitingTaskQueue = 10_000)
    public Uni<Submitted> orderAndHold(ModelName model, JsonObject input, Duration cancelAfter) {
        long held = Math.max(1, Math.min(60, settings.image().holding().toSeconds()));
        JsonCall order = orderOf(model, input)
                .with("Cancel-After", cancelAfter.toSeconds() + "s")
                .with("Prefer", "wait=" + held)
                .within(Duration.ofSeconds(held).plus(BEYOND_HOLDING));
        return accepted(Uni.createFrom().deferred(() -> sendAndHold(order)));
    }

    /** Reads a prediction, or a page of their list. */
    @Retry(
            maxRetries = 3,
            delay = 1_000,
            maxDuration = 0,
            retryOn = {ProviderBusyException.class, ProviderOutageException.class})
    @CustomBackoff(RetryAfterBackoff.class)
    @CircuitBreaker(requestVolumeThreshold = 20, delay = 5_000, failOn = ProviderOutageException.class)
    @CircuitBreakerName("replicate-tasks")
    @RateLimit(value = 40, window = 1, windowUnit = ChronoUnit.SECONDS, type = RateLimitType.ROLLING)
    @Bulkhead(value = 64, waitingTaskQueue = 10_000)
    public Uni<JsonObject> read(String url) {
        return question(JsonCall.get(NAME, url), Asked.TASK).map(JsonAnswer::json);
    }

    /** Stops a prediction and tells what has become of it. */
    @Retry(
            maxRetries = 3,
            delay = 1_000,
            maxDuration = 0,
            retryOn = {ProviderBusyException.class, ProviderOutageException.class})
    @CustomBackoff(RetryAfterBackoff.class)
    @CircuitBreaker(requestVolumeThreshold = 20, delay = 5_000, failOn = ProviderOutageException.class)
    @CircuitBreakerName("replicate-cancel")
    @RateLimit(value = 5, window = 1, windowUnit = ChronoUnit.SECONDS, type = RateLimitType.ROLLING)
    @Bulkhead(value = 16, waitingTaskQueue = 10_000)
    public Uni<JsonObject> cancel(String url) {
        return question(JsonCall.post(NAME, url, null).asRepeatable(), Asked.TASK)
                .map(JsonAnswer::json);
    }

    /** What a model is like; the answer is 404 if there is none. */
    @Retry(
            maxRetries = 3,
            delay = 1_000,
            maxDuration = 0,
            retryOn = {ProviderBusyException.class, ProviderOutageException.class})
    @CustomBackoff(RetryAfterBackoff.class)
    @Bulkhead(value = 2, waitingTaskQueue = 100)
    public Uni<JsonAnswer> describe(ModelName model) {
        return question(JsonCall.get(NAME, ReplicateAddresses.base(settings) + model.description()), Asked.MODEL);
    }

    private JsonCall orderOf(ModelName model, JsonObject input) {
        return JsonCall.post(NAME, ReplicateAddresses.base(settings) + model.orders(), model.order(input));
    }

    private static Uni<Submitted> accepted(Uni<JsonAnswer> answer) {
        return answer.onFailure(TimeoutException.class)
                .transform(late -> new OutcomeUnknownException(NAME + " did not answer in time", late))
                .invoke(told -> ReplicateErrors.check(told, Asked.ORDER))
                .map(told -> new Submitted(TaskIds.accepted(told, "id"), ReplicateAddresses.handle(told.json()), null));
    }

    private Uni<JsonAnswer> question(JsonCall call, Asked asked) {
        return Uni.createFrom()
                .deferred(() -> send(call))
                .onFailure(TimeoutException.class)
                .transform(late -> new ProviderOutageException(NAME + " did not answer in time", late))
                .invoke(answer -> ReplicateErrors.check(answer, asked));
    }

    /** One call, without the time it waited for its turn. */
    @Timeout(30_000)
    Uni<JsonAnswer> send(JsonCall call) {
        return http.send(call.with("Authorization", key().as("Bearer")));
    }

    /** One call that Replicate holds for up to 60 s. */
    @Timeout(80_000)
    Uni<JsonAnswer> sendAndHold(JsonCall call) {
        return http.send(call.with("Authorization", key().as("Bearer")));
    }
}
