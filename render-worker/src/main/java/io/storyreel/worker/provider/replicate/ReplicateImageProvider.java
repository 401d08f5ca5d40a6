package io.storyreel.worker.provider.replicate;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.provider.ImageProvider;
import io.storyreel.worker.provider.ImageRequest;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.provider.http.StrangeStates;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** Pictures by FLUX schnell, which Replicate runs; most are there when the order is answered. */
@ApplicationScoped
public class ReplicateImageProvider implements ImageProvider, Predicting<ImageRequest> {
    private static final String SEED = "seed";

    private final ReplicateGateway gateway;
    private final ReplicateWire wire;
    private final ReplicateSettings all;
    private final ReplicateSettings.Images settings;
    private final ModelName model;
    private final ReplicateTasks tasks;

    public ReplicateImageProvider(
            ReplicateGateway gateway,
            ReplicateWire wire,
            ReplicateSettings settings,
            StrangeStates strange,
            Clock clock) {
        this.gateway = gateway;
        this.wire = wire;
        this.all = settings;
        this.settings = settings.image();
        this.model = ModelName.of(settings.image().model());
        this.tasks = new ReplicateTasks(
                gateway,
                wire,
                settings,
                clock,
                strange,
                PredictionProgress.pace(
                        settings.image().pollShortest(), settings.image().pollLongest()),
                model,
                SEED);
    }

    @Override
    public ReplicateTasks tasks() {
        return tasks;
    }

    @Override
    public ProviderOffer offer() {
        return new ProviderOffer(
                name(), ProviderOffer.Kind.IMAGE, settings.model(), null, settings.price(), Set.of(), missing());
    }

    private String missing() {
        if (!wire.key().usable()) {
            return wire.key().missing();
        }
        if (ReplicateAddresses.base(all).missing() != null) {
            return ReplicateAddresses.base(all).missing();
        }
        if (!model.valid()) {
            return "storyreel.replicate.image.model must be owner/name or owner/name:version";
        }
        return Set.of("png", "jpg").contains(settings.format())
                ? null
                : "storyreel.replicate.image.format must be png or jpg, not \"" + settings.format() + "\"";
    }

    @Override
    public List<String> circuits() {
        return List.of("replicate-image", "replicate-poll");
    }

    @Override
    public BigDecimal estimate(ImageRequest wanted) {
        return settings.price();
    }

    @Override
    public Duration patience(ImageRequest wanted) {
        return settings.patience();
    }

    @Override
    public Uni<Submitted> submit(ImageRequest wanted, String key) {
        return submit(wanted, key, new Departure());
    }

    @Override
    public Uni<Submitted> submit(ImageRequest wanted, String key, Departure departure) {
        JsonObject input = new JsonObject()
                .put("prompt", wanted.prompt())
                .put("aspect_ratio", Shapes.name(wanted.ratio()))
                .put("num_outputs", 1)
                .put("megapixels", "1")
                .put("output_format", settings.format())
                .put(SEED, AttemptMark.of(key).seed());
        return gateway.orderAndHold(
                ReplicateAddresses.base(all).at(model.orders()), model.order(input), settings.patience(), departure);
    }
}
