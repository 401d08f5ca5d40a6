package io.storyreel.worker.provider.pika;

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
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import java.time.temporal.ChronoUnit;

/**
 * fal's queue on the wire, and what happens when it goes wrong. Numbers can be set by {@code quarkus.fault-tolerance}.
 *
 * <p>The limit of a call is inside the queue for it (see {@link #send}): thousands of tasks that wait for their turn say
 * nothing against fal. A refusal or a full queue of our own opens no circuit.
 */
@ApplicationScoped
public class PikaGateway {
    static final String NAME = "Pika (fal.ai)";

    private final ProviderHttp http;
    private final PikaSettings settings;

    public PikaGateway(ProviderHttp http, PikaSettings settings) {
        this.http = http;
        this.settings = settings;
    }

    ProviderKey key() {
        return ProviderKey.of("PIKA_API_KEY", settings.apiKey().orElse(null));
    }

    /** Orders a clip. Repeated only if fal has said that it did not take the order, or was not reached. */
    @Retry(
            maxRetries = 3,
            delay = 1_000,
            maxDuration = 0,
            retryOn = {ProviderBusyException.class, ProviderOutageException.class},
            abortOn = OutcomeUnknownException.class)
    @CustomBackoff(RetryAfterBackoff.class)
    @CircuitBreaker(requestVolumeThreshold = 10, delay = 15_000, failOn = ProviderOutageException.class)
    @CircuitBreakerName("pika")
    @RateLimit(value = 20, window = 1, windowUnit = ChronoUnit.SECONDS, type = RateLimitType.ROLLING)
    @Bulkhead(value = 16, waitingTaskQueue = 10_000)
    public Uni<Submitted> submit(JsonObject input) {
        return Uni.createFrom()
                .deferred(() -> send(JsonCall.post(NAME, FalAddresses.submit(settings), input)))
                .onFailure(TimeoutException.class)
                .transform(late -> new OutcomeUnknownException(NAME + " did not answer in time", late))
                .invoke(answer -> FalErrors.check(answer, FalErrors.Asked.ORDER))
                .map(PikaGateway::accepted);
    }

    private static Submitted accepted(JsonAnswer answer) {
        String id = TaskIds.accepted(answer, "request_id");
        return new Submitted(id, FalAddresses.handle(answer.json()), null);
    }

    /**
     * Reads the state of a task, or what came of it. A result that is a fault is read again, see {@link FalRunFailure}.
     */
    @Retry(
            maxRetries = 3,
            delay = 1_000,
            maxDuration = 0,
            retryOn = {ProviderBusyException.class, ProviderOutageException.class})
    @CustomBackoff(RetryAfterBackoff.class)
    @CircuitBreaker(
            requestVolumeThreshold = 20,
            delay = 5_000,
            failOn = ProviderOutageException.class,
            skipOn = FalRunFailure.class)
    @CircuitBreakerName("pika-tasks")
    @RateLimit(value = 1_000, window = 1, windowUnit = ChronoUnit.SECONDS, type = RateLimitType.ROLLING)
    @Bulkhead(value = 64, waitingTaskQueue = 10_000)
    public Uni<JsonAnswer> read(String url, FalErrors.Asked asked) {
        return question(JsonCall.get(NAME, url)).invoke(answer -> FalErrors.check(answer, asked));
    }

    /** Asks to stop. Its answer may be one of fal's refusals, which say where the task stands. */
    @Retry(
            maxRetries = 3,
            delay = 1_000,
            maxDuration = 0,
            retryOn = {ProviderBusyException.class, ProviderOutageException.class})
    @CustomBackoff(RetryAfterBackoff.class)
    @CircuitBreaker(requestVolumeThreshold = 20, delay = 5_000, failOn = ProviderOutageException.class)
    @CircuitBreakerName("pika-cancel")
    @RateLimit(value = 200, window = 1, windowUnit = ChronoUnit.SECONDS, type = RateLimitType.ROLLING)
    @Bulkhead(value = 16, waitingTaskQueue = 10_000)
    public Uni<JsonAnswer> cancel(String url) {
        return question(JsonCall.put(NAME, url)).invoke(answer -> FalErrors.check(answer, FalErrors.Asked.STOP));
    }

    private Uni<JsonAnswer> question(JsonCall call) {
        return Uni.createFrom()
                .deferred(() -> send(call))
                .onFailure(TimeoutException.class)
                .transform(late -> new ProviderOutageException(NAME + " did not answer in time", late));
    }

    /** One call, without the time it waited for its turn. */
    @Timeout(30_000)
    Uni<JsonAnswer> send(JsonCall call) {
        return http.send(call.with("Authorization", key().as("Key")));
    }
}
