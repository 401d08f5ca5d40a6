package io.storyreel.api.provider;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import io.storyreel.common.provider.ProviderOffers;
import io.storyreel.common.provider.ProviderState;
import io.storyreel.common.provider.ProviderStates;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * What the workers say of their providers, kept in memory and renewed in the background, so that accepting a render
 * asks nobody. While the database is away the last word counts.
 */
@ApplicationScoped
public class ProviderBoard {
    private static final Logger LOG = Logger.getLogger(ProviderBoard.class);
    private static final Duration LOOK_WITHIN = Duration.ofSeconds(10);

    /** For how long it is believed that there is no worker at all: the first one is to be known at once. */
    private static final Duration EMPTY_FOR = Duration.ofMillis(250);

    private final ProviderStates rows;
    private final PastDurations durations;
    private final ProviderBoardSettings settings;
    private final Clock clock;
    private final AtomicReference<Known> known = new AtomicReference<>();
    private final AtomicLong lookNumber = new AtomicLong();
    private Cancellable looks = () -> {};
    private Cancellable longLooks = () -> {};

    /** @param look its number: of two looks at once the one that began later knows better */
    private record Known(long look, Instant at, List<ProviderState> states, ProviderOffers offers) {
        boolean holdsAt(Instant now) {
            return !states.isEmpty() || now.isBefore(at.plus(EMPTY_FOR));
        }

        static Known later(Known one, Known other) {
            return one == null || one.look() < other.look() ? other : one;
        }
    }

    public ProviderBoard(ProviderStates rows, PastDurations durations, ProviderBoardSettings settings, Clock clock) {
        this.rows = rows;
        this.durations = durations;
        this.settings = settings;
        this.clock = clock;
    }

    void start(@Observes StartupEvent event) {
        looks = repeat(settings.refresh(), this::refresh);
        longLooks = repeat(settings.refreshDurations(), durations::refresh);
    }

    void stop(@Observes ShutdownEvent event) {
        looks.cancel();
        longLooks.cancel();
    }

    /** At once, unless no worker was ever heard of: the first one may have come since. */
    public Uni<ProviderOffers> offers() {
        return current().map(Known::offers);
    }

    /** At once, unless no worker was ever heard of: the first one may have come since. */
    public Uni<List<ProviderState>> states() {
        return current().map(Known::states);
    }

    /** What is offered at this moment, for who must not be refused for what was seen some seconds ago. */
    public Uni<ProviderOffers> latestOffers() {
        return look().map(Known::offers);
    }

    /** As they were known last, asking nobody: for whoever holds a connection to the database already. */
    public ProviderOffers knownOffers() {
        Known last = known.get();
        return last == null ? ProviderOffers.BUILT_IN : last.offers();
    }

    /** Looks now. */
    public Uni<Void> refresh() {
        return look().replaceWithVoid();
    }

    private Uni<Known> current() {
        return Uni.createFrom().deferred(() -> {
            Known last = known.get();
            return last == null || !last.holdsAt(clock.instant())
                    ? look()
                    : Uni.createFrom().item(last);
        });
    }

    private Uni<Known> look() {
        return Uni.createFrom().deferred(() -> {
            long look = lookNumber.incrementAndGet();
            return rows.read(settings.living())
                    .map(states -> known.accumulateAndGet(
                            new Known(look, clock.instant(), states, ProviderOffers.of(states)), Known::later));
        });
    }

    private static Cancellable repeat(Duration pause, Supplier<Uni<Void>> look) {
        return Multi.createBy()
                .repeating()
                .uni(() -> look.get()
                        .ifNoItem()
                        .after(LOOK_WITHIN)
                        .fail()
                        .onFailure()
                        .invoke(failure ->
                                LOG.debugf("providers not looked up, trying on: reason=%s", failure.getMessage()))
                        .onFailure()
                        .recoverWithNull())
                .withDelay(pause)
                .indefinitely()
                .subscribe()
                .with(done -> {}, failure -> LOG.error("no more looks at providers", failure));
    }
}
