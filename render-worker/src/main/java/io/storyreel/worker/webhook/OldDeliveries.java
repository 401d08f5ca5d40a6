package io.storyreel.worker.webhook;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.run.Chore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Duration;

/** Forgets deliveries that ended long ago. */
@ApplicationScoped
public class OldDeliveries implements Chore {
    private static final Logger LOG = Logger.getLogger(OldDeliveries.class);
    private static final Duration PAUSE = Duration.ofMinutes(5);

    private final Deliveries deliveries;
    private final WebhookSettings settings;

    OldDeliveries(Deliveries deliveries, WebhookSettings settings) {
        this.deliveries = deliveries;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "forgetting old webhooks";
    }

    @Override
    public Duration pause() {
        return PAUSE;
    }

    @Override
    public Uni<Void> round(Path scratch) {
        return deliveries
                .forget(settings.keep())
                .invoke(count -> {
                    if (count > 0) {
                        LOG.infof("old webhook deliveries forgotten: count=%d", count);
                    }
                })
                .replaceWithVoid();
    }
}
