package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.WorkerLeases;
import org.jboss.logging.Logger;

import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Keeps this worker alive in the eyes of the others. A worker that learns that it was taken for dead stops what it has
 * lost and goes on under a new identity.
 */
final class WorkerMembership {
    private static final Logger LOG = Logger.getLogger(WorkerMembership.class);

    private final WorkerSettings settings;
    private final WorkerLeases leases;
    private final RunningJobs running;
    private final Heartbeat heartbeat;
    private volatile UUID identity;
    private Set<UUID> suspects = Set.of();

    WorkerMembership(WorkerSettings settings, WorkerLeases leases, RunningJobs running) {
        this.settings = settings;
        this.leases = leases;
        this.running = running;
        this.heartbeat =
                new Heartbeat("no sign of life could be given", settings.heartbeat(), settings.lease(), this::beat);
    }

    /** The identity that jobs are claimed under. */
    UUID identity() {
        return identity;
    }

    /** Joins, waiting for a database that is away, and keeps renewing from then on. */
    Uni<Void> join() {
        return register()
                .onFailure()
                .invoke(failure -> LOG.warnf("worker cannot join, trying on: reason=%s", failure.getMessage()))
                .onFailure()
                .retry()
                .withBackOff(settings.heartbeat().dividedBy(8), settings.heartbeat())
                .indefinitely()
                .invoke(heartbeat::start);
    }

    Uni<Void> leave() {
        heartbeat.stop();
        return leases.leave(identity);
    }

    private Uni<Void> register() {
        UUID fresh = UUID.randomUUID();
        return leases.join(fresh, settings.name(), settings.lease()).invoke(() -> {
            identity = fresh;
            LOG.infof("worker joined: worker=%s name=%s slots=%d", fresh, settings.name(), settings.slots());
        });
    }

    private Uni<Void> beat() {
        return leases.renew(identity, settings.lease())
                .chain(known -> known ? reconcile() : joinAgain())
                .chain(this::stopCanceled);
    }

    private Uni<Void> joinAgain() {
        LOG.warnf("worker was taken for dead: worker=%s jobs=%d", identity, running.count());
        running.stopAll(StopReason.LEASE_LOST);
        return register();
    }

    /**
     * What runs here but is somebody else's is stopped. What is ours but does not run here, because the answer to a
     * claim or to the last write was lost, is given up: otherwise it would be ours for ever.
     */
    private Uni<Void> reconcile() {
        Set<UUID> before = running.jobs();
        return leases.held(identity).chain(held -> {
            before.removeAll(held);
            before.forEach(job -> running.stop(job, StopReason.LEASE_LOST));
            held.removeAll(running.jobs());
            // A claim whose answer is just arriving looks the same, so only the second look counts.
            Set<UUID> orphans = new HashSet<>(held);
            orphans.retainAll(suspects);
            suspects = held;
            return orphans.isEmpty() ? Uni.createFrom().voidItem() : giveUp(orphans);
        });
    }

    private Uni<Void> giveUp(Set<UUID> orphans) {
        LOG.warnf("giving up jobs that do not run here: worker=%s jobs=%d", identity, orphans.size());
        return leases.disown(identity, orphans);
    }

    /** Finds cancellations whose ringing was lost. */
    private Uni<Void> stopCanceled() {
        return leases.toBeCanceled(identity)
                .invoke(jobs -> jobs.forEach(job -> running.stop(job, StopReason.CANCELED)))
                .replaceWithVoid();
    }
}
