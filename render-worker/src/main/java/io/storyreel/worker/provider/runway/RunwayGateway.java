package io.storyreel.worker.provider.runway;

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
 * RunwayML's API on the wire, and what happens when it goes wrong. All numbers can be set by {@code
 * quarkus.fault-tolerance}. The waiting queues hold what the tasks of a worker may ask at once; a refusal opens no
 * circuit, as one user's picture says nothing about the next.
 */
@ApplicationScoped
@Retry(maxRetries = 2, maxDuration = 0, delay = 1, delayUnit = ChronoUnit.SECONDS, jitter = 0)
@RetryWhen(exception = PassesSoon.class)
@CustomBackoff(RetryAfterBackoff.class)
@CircuitBreaker(
        requestVolumeThreshold = 20,
        failureRatio = 0.5,
        delay = 10,
        delayUnit = ChronoUnit.SECONDS,
        failOn = ProviderOutageException.class)
@RateLimit(value = 1_000, window = 1, windowUnit = ChronoUnit.SECONDS)
@Bulkhead(value = 50, waitingTaskQueue = 10_000)
public class RunwayGateway {
    static final String VENDOR = "RunwayML";

    private final RunwaySettings settings;
    private final RunwayWire wire;
    private final Clock clock;

    public RunwayGateway(RunwaySettings settings, RunwayWire wire, Clock clock) {
        this.settings = settings;
        this.wire = wire;
        this.clock = clock;
    }

    /**
     * Hands a task over. RunwayML has no idempotency key, so this is repeated only after an answer that says no, or when
     * the request never got there.
     */
    @CircuitBreakerName("runway-submit")
    public Uni<Submitted> submit(JsonObject order, Departure departure) {
        return departure.of(() -> wire.send(JsonCall.post(VENDOR, address("/v1/image_to_video"), order))
                .onFailure(TimeoutException.class)
                .transform(late -> new OutcomeUnknownException(VENDOR + " did not answer in time", late))
                .map(answer -> {
                    if (!answer.successful()) {
                        throw RunwayErrors.ofOrder(answer, clock.instant(), settings.dailyCapPause());
                    }
                    return new Submitted(TaskIds.accepted(answer, "id"), null, RunwayTasks.estimated(answer.json()));
                }));
    }

    /** The task as it stands. */
    @CircuitBreakerName("runway-poll")
    public Uni<JsonObject> task(String id) {
        return ask(() -> JsonCall.get(VENDOR, path(id))).map(JsonAnswer::json);
    }

    /** Stops a task that is not final; removes the result of one that is. */
    @CircuitBreakerName("runway-cancel")
    public Uni<Void> delete(String id) {
        return ask(() -> JsonCall.delete(VENDOR, path(id))).replaceWithVoid();
    }

    private Uni<JsonAnswer> ask(Supplier<JsonCall> call) {
        return Uni.createFrom()
                .deferred(() -> wire.send(call.get()))
                .onFailure(TimeoutException.class)
                .transform(late -> new ProviderOutageException(VENDOR + " did not answer in time", late))
                .invoke(answer -> {
                    if (!answer.successful()) {
                        throw RunwayErrors.ofTask(answer, clock.instant());
                    }
                });
    }

    private String path(String id) {
        return address("/v1/tasks/" + TaskIds.inPath(VENDOR, id));
    }

    private String address(String path) {
        return ProviderAddress.of("RUNWAYML_API_URL", settings.url()).at(path);
    }
}
