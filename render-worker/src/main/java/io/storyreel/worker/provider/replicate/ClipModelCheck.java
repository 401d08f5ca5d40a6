package io.storyreel.worker.provider.replicate;

import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.storyreel.worker.provider.Pause;
import io.storyreel.worker.provider.ProviderRefusedException;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.util.Objects;

/**
 * Looks at the start and every few hours whether the configured model is there and takes what it would be sent: a model
 * is found missing before a clip is planned on it, not after. While Replicate cannot be asked, the last finding stands;
 * an order of what is not there is refused without a charge.
 */
@ApplicationScoped
public class ClipModelCheck {
    private static final Logger LOG = Logger.getLogger(ClipModelCheck.class);

    private final ReplicateGateway gateway;
    private final ReplicateWire wire;
    private final ReplicateSettings settings;
    private final Pause pause;
    private final ClipModel model;
    private volatile String missing;
    private volatile Cancellable looking;

    public ClipModelCheck(ReplicateGateway gateway, ReplicateWire wire, ReplicateSettings settings, Pause pause) {
        this.gateway = gateway;
        this.wire = wire;
        this.settings = settings;
        this.pause = pause;
        this.model = ClipModel.of(settings.clip());
        this.missing = misconfigured(settings.clip(), model);
    }

    void start(@Observes StartupEvent started) {
        if (missing == null && wire.key().usable()) {
            looking = lookForEver().subscribe().with(ended -> {}, failure -> LOG.error("model check ended", failure));
        }
    }

    @PreDestroy
    void stop() {
        Cancellable running = looking;
        if (running != null) {
            running.cancel();
        }
    }

    /** What keeps the model from being used, naming the setting; null if nothing is known to. */
    public String missing() {
        return missing;
    }

    private Uni<Void> lookForEver() {
        return Uni.createFrom()
                .deferred(() -> look().chain(good -> pause.of(good ? settings.checkEvery() : settings.checkAgain())))
                .repeat()
                .indefinitely()
                .collect()
                .last();
    }

    /** Whether all is well. */
    Uni<Boolean> look() {
        return Uni.createFrom()
                .deferred(() -> gateway.describe(
                        ReplicateAddresses.base(settings).at(model.name().description())))
                .map(described -> found(ModelSchema.missing(model, described)))
                .onFailure(ProviderRefusedException.class)
                .recoverWithItem(refused -> found(refused.getMessage()))
                .onFailure()
                .recoverWithItem(failure -> {
                    LOG.warnf(
                            "model not checked: model=%s reason=%s",
                            model.name().path(), failure.getMessage());
                    return false;
                });
    }

    private boolean found(String fault) {
        if (!Objects.equals(fault, missing)) {
            LOG.infof("model checked: model=%s missing=%s", model.name().path(), fault);
        }
        missing = fault;
        return fault == null;
    }

    private static String misconfigured(ReplicateSettings.Clips settings, ClipModel model) {
        if (!model.name().valid()) {
            return "storyreel.replicate.clip.model must be owner/name or owner/name:version, not \"" + settings.model()
                    + "\"";
        }
        return model.lengths().isEmpty() || model.lengths().first() < 1
                ? "storyreel.replicate.clip.lengths must be whole seconds from 1"
                : null;
    }
}
