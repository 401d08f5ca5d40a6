package io.storyreel.worker.provider.custom;

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
import io.storyreel.worker.provider.http.PassesSoonOrLost;
import io.storyreel.worker.provider.http.ProviderAddress;
import io.storyreel.worker.provider.http.RetryAfterBackoff;
import io.storyreel.worker.provider.http.TaskIds;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import java.time.Clock;
import java.time.temporal.ChronoUnit;
import java.util.function.Supplier;

/**
 * The render contract on the wire, and what happens when it goes wrong. Every call may be repeated, the submission
 * thanks to its key. All numbers can be set by {@code quarkus.fault-tolerance}; a refusal opens no circuit.
 *
 * <p>Only the contract's own paths below the configured address are called: the token goes to no address that a renderer
 * names.
 */
@ApplicationScoped
@Retry(maxRetries = 4, maxDuration = 0, delay = 1, delayUnit = ChronoUnit.SECONDS, jitter = 0)
@RetryWhen(exception = PassesSoonOrLost.class)
@CustomBackoff(RetryAfterBackoff.class)
@CircuitBreaker(
        requestVolumeThreshold = 20,
        failureRatio = 0.5,
        delay = 10,
        delayUnit = ChronoUnit.SECONDS,
        failOn = ProviderOutageException.class)
@RateLimit(value = 1_000, window = 1, windowUnit = ChronoUnit.SECONDS)
@Bulkhead(value = 50, waitingTaskQueue = 10_000)
public class CustomGateway {
    static final String VENDOR = "The custom renderer";
    static final int ALREADY_FINAL = 409;

    private final CustomSettings settings;
    private final CustomWire wire;
    private final Clock clock;

    public CustomGateway(CustomSettings settings, CustomWire wire, Clock clock) {
        this.settings = settings;
        this.wire = wire;
        this.clock = clock;
    }

    /** Hands a render over; a renderer that has had the key before answers with the job it made of it. */
    @CircuitBreakerName("custom-submit")
    public Uni<Submitted> submit(JsonObject order, String key, Departure departure) {
        return departure.of(() -> wire.send(JsonCall.post(VENDOR, address("/renders"), order)
                        .with("Idempotency-Key", key)
                        .with("X-Request-Id", key))
                .onFailure(TimeoutException.class)
                .transform(late -> new OutcomeUnknownException(VENDOR + " did not answer in time", late))
                .map(answer -> {
                    if (!answer.successful()) {
                        throw CustomErrors.ofOrder(answer, clock.instant());
                    }
                    return new Submitted(TaskIds.accepted(answer, "id"), null, CustomJobs.estimated(answer.json()));
                }));
    }

    /** The answer with the job as it stands. */
    @CircuitBreakerName("custom-poll")
    public Uni<JsonAnswer> job(String id) {
        return ask(() -> JsonCall.get(VENDOR, path(id))).invoke(this::check).invoke(JsonAnswer::json);
    }

    /**
     * Asks to stop the job; the answer has the job as it stands then, or says by 409 that it had ended. Fails with GONE
     * if there is no such job.
     */
    @CircuitBreakerName("custom-cancel")
    public Uni<JsonAnswer> delete(String id) {
        return ask(() -> JsonCall.delete(VENDOR, path(id))).invoke(answer -> {
            if (answer.status() != ALREADY_FINAL) {
                check(answer);
            }
        });
    }

    private Uni<JsonAnswer> ask(Supplier<JsonCall> call) {
        return Uni.createFrom()
                .deferred(() -> wire.send(call.get()))
                .onFailure(TimeoutException.class)
                .transform(late -> new ProviderOutageException(VENDOR + " did not answer in time", late));
    }

    private void check(JsonAnswer answer) {
        if (!answer.successful()) {
            throw CustomErrors.ofJob(answer, clock.instant());
        }
    }

    private String path(String id) {
        return address("/renders/" + TaskIds.inPath(VENDOR, id));
    }

    private String address(String path) {
        return ProviderAddress.of("CUSTOM_VIDEO_API_URL", settings.url().orElse(null))
                .at(path);
    }
}
