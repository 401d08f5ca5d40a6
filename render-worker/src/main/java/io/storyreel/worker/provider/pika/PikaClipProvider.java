package io.storyreel.worker.provider.pika;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.provider.Capabilities;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.StrangeStates;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;

/**
 * Clips by Pika, through fal's queue. fal has no idempotency key and no list of tasks: an order whose outcome is unknown
 * cannot be found again.
 */
@ApplicationScoped
public class PikaClipProvider implements ClipProvider {
    private final PikaGateway gateway;
    private final FalWire wire;
    private final PikaSettings settings;
    private final Clock clock;
    private final PikaOffer offer;
    private final FalProgress progress;

    public PikaClipProvider(
            PikaGateway gateway, FalWire wire, PikaSettings settings, StrangeStates strange, Clock clock) {
        this.gateway = gateway;
        this.wire = wire;
        this.settings = settings;
        this.clock = clock;
        this.offer = new PikaOffer(settings);
        this.progress = FalProgress.of(settings, strange);
    }

    @Override
    public String name() {
        return PikaOffer.NAME;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.TASKS;
    }

    @Override
    public ProviderOffer offer() {
        return offer.clips(wire.key().missing());
    }

    @Override
    public List<String> circuits() {
        return List.of("pika-submit", "pika-poll", "pika-result");
    }

    @Override
    public BigDecimal estimate(ClipRequest wanted) {
        return offer.price(wanted.seconds());
    }

    @Override
    public Duration firstLook() {
        return settings.poll().shortest();
    }

    @Override
    public Duration patience(ClipRequest wanted) {
        return settings.patience();
    }

    @Override
    public Uni<Submitted> submit(ClipRequest wanted, String key) {
        return submit(wanted, key, new Departure());
    }

    @Override
    public Uni<Submitted> submit(ClipRequest wanted, String key, Departure departure) {
        JsonObject input = new JsonObject()
                .put("image_url", wanted.image())
                .put("prompt", wanted.prompt())
                .put("resolution", settings.resolution())
                .put("duration", wanted.seconds());
        settings.negativePrompt().ifPresent(words -> input.put("negative_prompt", words));
        return gateway.submit(FalAddresses.submit(settings), input, departure);
    }

    @Override
    public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
        FalAddresses addresses = addresses(task);
        return gateway.state(addresses.status()).chain(state -> {
            Duration elapsed = Duration.between(task.begunAt(), clock.instant());
            return FalProgress.isCompleted(state)
                    ? result(addresses, state)
                    : Uni.createFrom().item(() -> progress.of(task.providerTaskId(), state, elapsed));
        });
    }

    /** Completed is not succeeded: it says that the run has ended. */
    private Uni<TaskProgress<RemoteFile>> result(FalAddresses addresses, JsonObject state) {
        Uni<JsonAnswer> reading = Uni.createFrom().deferred(() -> gateway.result(addresses.response()));
        boolean certain = FalFault.of(state) != null;
        return reading.onFailure(failure -> failure instanceof FalRunFailure && !certain)
                .recoverWithUni(reading)
                .map(answer -> FalProgress.ended(state, answer))
                .onFailure(FalRunFailure.class)
                .recoverWithItem(failure -> FalErrors.failed("COMPLETED", failure.fault()));
    }

    @Override
    public Uni<TaskProgress<RemoteFile>> cancel(ProviderTask task) {
        if (task.providerTaskId() == null) {
            return Uni.createFrom()
                    .item(new TaskProgress.Failed<>(
                            "UNKNOWN",
                            "canceled",
                            "Canceled before fal.ai had answered; it may have made the clip all the same",
                            Verdict.CANCELED,
                            null));
        }
        return gateway.cancel(addresses(task).cancel()).chain(answer -> stopped(task, answer));
    }

    private Uni<TaskProgress<RemoteFile>> stopped(ProviderTask task, JsonAnswer answer) {
        return switch (answer.status()) {
            case 202 ->
                Uni.createFrom()
                        .item(new TaskProgress.Running<>(
                                "CANCELLATION_REQUESTED", null, settings.poll().longest()));
            case 400 -> poll(task, 0); // completed before we asked
            case 404 ->
                Uni.createFrom()
                        .item(new TaskProgress.Failed<>(
                                "NOT_FOUND", "canceled", "fal.ai has no such task any more", Verdict.CANCELED, null));
            default ->
                Uni.createFrom()
                        .item(new TaskProgress.Failed<>(
                                "CANCELED", "canceled", "The task was canceled", Verdict.CANCELED, BigDecimal.ZERO));
        };
    }

    private FalAddresses addresses(ProviderTask task) {
        return FalAddresses.of(settings, task.providerTaskId(), task.handle());
    }
}
