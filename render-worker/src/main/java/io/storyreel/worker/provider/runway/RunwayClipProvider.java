package io.storyreel.worker.provider.runway;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.provider.Capabilities;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.provider.http.ProviderAddress;
import io.storyreel.worker.provider.http.ProviderKey;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Clips made by RunwayML from a scene's picture. */
@ApplicationScoped
public class RunwayClipProvider implements ClipProvider {
    static final String NAME = "runway";

    private final RunwaySettings settings;
    private final RunwayGateway gateway;
    private final RunwayTasks tasks;
    private final Clock clock;

    RunwayClipProvider(RunwaySettings settings, RunwayGateway gateway, RunwayTasks tasks, Clock clock) {
        this.settings = settings;
        this.gateway = gateway;
        this.tasks = tasks;
        this.clock = clock;
    }

    @Override
    public String name() {
        return NAME;
    }

    /** There is no idempotency key, and no list of tasks to look for one in. */
    @Override
    public Capabilities capabilities() {
        return Capabilities.TASKS;
    }

    @Override
    public ProviderOffer offer() {
        String missing = Stream.of(
                        ProviderKey.of("RUNWAYML_API_KEY", settings.key().orElse(null))
                                .missing(),
                        ProviderAddress.of("RUNWAYML_API_URL", settings.url()).missing(),
                        unknownModel())
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
        return RunwayModel.named(settings.model())
                .map(model -> ProviderOffer.clips(
                        NAME, model.id(), model.prices(pricePerSecond(model)), model.shapes(), missing))
                .orElseGet(() -> ProviderOffer.clips(NAME, settings.model(), Map.of(), Set.of(), missing));
    }

    @Override
    public List<String> circuits() {
        return List.of("runway-submit", "runway-poll");
    }

    @Override
    public BigDecimal estimate(ClipRequest wanted) {
        return pricePerSecond(model()).multiply(BigDecimal.valueOf(wanted.seconds()));
    }

    @Override
    public Uni<Submitted> submit(ClipRequest wanted, String key) {
        return submit(wanted, key, new Departure());
    }

    @Override
    public Uni<Submitted> submit(ClipRequest wanted, String key, Departure departure) {
        return Uni.createFrom()
                .item(() -> RunwayOrder.of(model(), wanted))
                .chain(order -> gateway.submit(order, departure));
    }

    @Override
    public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
        String id = task.providerTaskId();
        return gateway.task(id).map(json -> tasks.progress(id, json, elapsed(task)));
    }

    /**
     * Looks first: stopping a task that has just succeeded would remove the clip that is paid for. A task that is gone
     * was stopped before, by a worker that did not live to write it down.
     */
    @Override
    public Uni<TaskProgress<RemoteFile>> cancel(ProviderTask task) {
        if (task.providerTaskId() == null) {
            return Uni.createFrom().item(RunwayTasks.canceled("unknown", null));
        }
        return poll(task, 0)
                .chain(progress -> progress instanceof TaskProgress.Queued || progress instanceof TaskProgress.Running
                        ? gateway.delete(task.providerTaskId()).replaceWith(RunwayTasks.canceled("CANCELLED", null))
                        : Uni.createFrom().item(progress))
                .onFailure(RunwayClipProvider::isGone)
                .recoverWithItem(() -> RunwayTasks.canceled("CANCELLED", null));
    }

    @Override
    public Duration firstLook() {
        return settings.firstLook();
    }

    @Override
    public Duration patience(ClipRequest wanted) {
        return settings.patience();
    }

    private static boolean isGone(Throwable failure) {
        return failure instanceof ProviderRefusedException refused && refused.reason() == Reason.GONE;
    }

    private Duration elapsed(ProviderTask task) {
        return Duration.between(task.begunAt(), clock.instant());
    }

    private RunwayModel model() {
        return RunwayModel.named(settings.model())
                .orElseThrow(() -> new ProviderRefusedException(Reason.ACCESS, unknownModel()));
    }

    private BigDecimal pricePerSecond(RunwayModel model) {
        return settings.pricePerSecond().orElse(model.pricePerSecond());
    }

    private String unknownModel() {
        return RunwayModel.named(settings.model()).isPresent()
                ? null
                : "STORYREEL_RUNWAY_MODEL names a model that is not known: use one of " + RunwayModel.known();
    }
}
