package io.storyreel.worker.webhook;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.run.Chore;
import io.storyreel.worker.run.Patience;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.random.RandomGenerator;

/**
 * Makes the deliveries that are due. A round only begins them, so that a slow receiver keeps up none of the others; an
 * endpoint gets its next ones when those it has in hand are done.
 */
@ApplicationScoped
public class Courier implements Chore {
    private static final Logger LOG = Logger.getLogger(Courier.class);

    private final Deliveries deliveries;
    private final Receivers receivers;
    private final WebhookSettings settings;
    private final RetrySchedule schedule;
    private final Clock clock;
    private final RandomGenerator chance = RandomGenerator.getDefault();

    /** Deliveries under way, by endpoint. */
    private final Map<UUID, Integer> underWay = new ConcurrentHashMap<>();

    Courier(Deliveries deliveries, Receivers receivers, WebhookSettings settings, Clock clock) {
        this.deliveries = deliveries;
        this.receivers = receivers;
        this.settings = settings;
        this.schedule = new RetrySchedule(settings.schedule(), settings.longestRetryAfter());
        this.clock = clock;
    }

    @Override
    public String name() {
        return "delivering webhooks";
    }

    @Override
    public Duration pause() {
        return settings.look();
    }

    @Override
    public Uni<Void> round(Path scratch) {
        int free = settings.mostAtOnce()
                - underWay.values().stream().mapToInt(Integer::intValue).sum();
        if (free <= 0) {
            return Uni.createFrom().voidItem();
        }
        return deliveries
                .take(underWay.keySet(), free, settings.mostPerEndpoint(), hold())
                .invoke(due -> due.forEach(this::begin))
                .replaceWithVoid();
    }

    /** Twice what an attempt may take: a worker that has not told its end by then is taken for dead. */
    private Duration hold() {
        return settings.timeout().multipliedBy(2);
    }

    private void begin(DueDelivery delivery) {
        underWay.merge(delivery.endpoint(), 1, Integer::sum);
        attempt(delivery)
                .onTermination()
                .invoke(() -> underWay.computeIfPresent(
                        delivery.endpoint(), (endpoint, count) -> count == 1 ? null : count - 1))
                .subscribe()
                .with(
                        done -> {},
                        failure -> LOG.warnf(
                                "webhook attempt not recorded, it will be repeated: delivery=%s reason=%s",
                                delivery.id(), failure.getMessage()));
    }

    private Uni<Void> attempt(DueDelivery delivery) {
        Instant begun = clock.instant();
        return receivers.tell(delivery).chain(answer -> {
            Duration took = Duration.between(begun, clock.instant());
            return Patience.whileAway(settings.timeout(), () -> record(delivery, answer, took));
        });
    }

    private Uni<Void> record(DueDelivery delivery, Answer answer, Duration took) {
        if (answer.isGood()) {
            return deliveries.delivered(delivery, answer, took);
        }
        Duration pause = schedule.after(delivery.failures(), answer.retryAfter(), chance.nextDouble());
        LOG.infof(
                "webhook not delivered: delivery=%s endpoint=%s attempt=%d status=%s next_try_in=%s",
                delivery.id(), delivery.endpoint(), delivery.attempt(), answer.status(), pause);
        return deliveries.failed(delivery, answer, took, pause, settings.giveUpAfter());
    }
}
