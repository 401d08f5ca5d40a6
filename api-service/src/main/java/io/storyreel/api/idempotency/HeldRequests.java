package io.storyreel.api.idempotency;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.runtime.StartupEvent;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.Cancellable;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Supplier;

/** The keyed requests that this instance is at: says that it is alive, and clears away what is too old. */
@ApplicationScoped
class HeldRequests {
    private static final Logger LOG = Logger.getLogger(HeldRequests.class);

    private static final Duration ROUND_WITHIN = Duration.ofSeconds(30);

    private final Set<Hold> held = ConcurrentHashMap.newKeySet();
    private final KeyedRequests rows;
    private final IdempotencySettings settings;
    private Cancellable prolonging = () -> {};
    private Cancellable removing = () -> {};

    HeldRequests(KeyedRequests rows, IdempotencySettings settings) {
        this.rows = rows;
        this.settings = settings;
    }

    void start(@Observes StartupEvent event) {
        prolonging = every(settings.renewal(), this::prolong);
        removing = every(settings.look(), this::removeOld);
    }

    void stop(@Observes ShutdownEvent event) {
        prolonging.cancel();
        removing.cancel();
    }

    void add(Hold hold) {
        held.add(hold);
    }

    void remove(Hold hold) {
        held.remove(hold);
    }

    private static Cancellable every(Duration pause, Supplier<Uni<Void>> work) {
        return Multi.createBy()
                .repeating()
                .uni(() -> round(work))
                .withDelay(pause)
                .indefinitely()
                .subscribe()
                .with(done -> {}, failure -> LOG.error("care of keyed requests stopped", failure));
    }

    /** Never fails: what did not work now is done by a later round, or by another instance. */
    private static Uni<Void> round(Supplier<Uni<Void>> work) {
        return work.get()
                .ifNoItem()
                .after(ROUND_WITHIN)
                .fail()
                .onFailure()
                .invoke(failure -> LOG.warnf("keyed requests not cared for: reason=%s", failure.getMessage()))
                .onFailure()
                .recoverWithNull();
    }

    private Uni<Void> prolong() {
        List<Hold> now = List.copyOf(held);
        return now.isEmpty() ? Uni.createFrom().voidItem() : rows.prolong(now);
    }

    private Uni<Void> removeOld() {
        return rows.removeOld(settings.batch())
                .chain(removed -> removed < settings.batch() ? Uni.createFrom().voidItem() : removeOld());
    }
}
