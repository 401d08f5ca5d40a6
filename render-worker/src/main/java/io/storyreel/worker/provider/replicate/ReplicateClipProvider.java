package io.storyreel.worker.provider.replicate;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.provider.http.StrangeStates;
import io.storyreel.worker.provider.replicate.ClipModel.Concept;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Clips by a model of the operator's choice that Replicate runs. */
@ApplicationScoped
public class ReplicateClipProvider implements ClipProvider, Predicting<ClipRequest> {
    private final ReplicateGateway gateway;
    private final ReplicateWire wire;
    private final ReplicateSettings all;
    private final ReplicateSettings.Clips settings;
    private final ClipModelCheck check;
    private final ClipModel model;
    private final ReplicateTasks tasks;

    public ReplicateClipProvider(
            ReplicateGateway gateway,
            ReplicateWire wire,
            ReplicateSettings settings,
            StrangeStates strange,
            ClipModelCheck check,
            Clock clock) {
        this.gateway = gateway;
        this.wire = wire;
        this.all = settings;
        this.settings = settings.clip();
        this.check = check;
        this.model = ClipModel.of(settings.clip());
        this.tasks = new ReplicateTasks(
                gateway,
                wire,
                settings,
                clock,
                strange,
                PredictionProgress.pace(
                        settings.clip().pollShortest(), settings.clip().pollLongest()),
                model.name(),
                model.fields().get(Concept.SEED));
    }

    @Override
    public ReplicateTasks tasks() {
        return tasks;
    }

    @Override
    public ProviderOffer offer() {
        Map<Integer, BigDecimal> prices = new TreeMap<>();
        model.lengths().tailSet(1).forEach(seconds -> prices.put(seconds, price(seconds)));
        // The resolution shapes the clip: one made at another must not be taken for it.
        String described = settings.model() + " (" + settings.resolution() + ")";
        return ProviderOffer.clips(name(), described, prices, Set.of(), missing());
    }

    private String missing() {
        String unreachable = ReplicateAddresses.base(all).missing();
        String locked = wire.key().missing();
        return locked != null ? locked : unreachable != null ? unreachable : check.missing();
    }

    @Override
    public List<String> circuits() {
        return List.of("replicate-submit", "replicate-poll");
    }

    @Override
    public BigDecimal estimate(ClipRequest wanted) {
        return price(wanted.seconds());
    }

    private BigDecimal price(int seconds) {
        return settings.pricePerSecond().multiply(BigDecimal.valueOf(seconds));
    }

    @Override
    public Duration firstLook() {
        return settings.pollShortest();
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
        return new FirstFrames(gateway, all)
                .address(wanted.image())
                .map(image -> model.input(wanted, image, AttemptMark.of(key)))
                .chain(input -> gateway.order(
                        ReplicateAddresses.base(all).at(model.name().orders()),
                        model.name().order(input),
                        settings.cancelAfter(),
                        departure));
    }
}
