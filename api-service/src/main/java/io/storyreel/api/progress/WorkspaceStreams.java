package io.storyreel.api.progress;

import io.quarkus.runtime.StartupEvent;
import io.storyreel.common.job.JobEvent;
import io.storyreel.common.queue.ChannelSignal;
import io.storyreel.common.queue.ProgressChannel;
import io.storyreel.common.queue.RedisNames;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.AtomicBoolean;

/** Streams of whole workspaces, for dashboards: first where every active job stands, then what happens. */
@ApplicationScoped
class WorkspaceStreams {
    private static final Logger LOG = Logger.getLogger(WorkspaceStreams.class);

    /** Rows become visible when their transaction ends, which is a little after the time they carry. */
    private static final Duration OVERLAP = Duration.ofSeconds(5);

    private final OpenStreams streams;
    private final ProgressChannel channel;
    private final WorkspaceState state;
    private final ProgressSettings settings;
    private final Vertx vertx;
    private final Clock clock;
    private final ConcurrentMap<UUID, WatchedWorkspace> watched = new ConcurrentHashMap<>();
    private final AtomicBoolean sweeping = new AtomicBoolean();
    private volatile Instant lastSweep;

    WorkspaceStreams(
            OpenStreams streams,
            ProgressChannel channel,
            WorkspaceState state,
            ProgressSettings settings,
            Vertx vertx,
            Clock clock) {
        this.streams = streams;
        this.channel = channel;
        this.state = state;
        this.settings = settings;
        this.vertx = vertx;
        this.clock = clock;
        this.lastSweep = clock.instant();
    }

    void start(@Observes StartupEvent start) {
        vertx.setPeriodic(settings.sweep().toMillis(), tick -> sweep());
    }

    void stream(RoutingContext context, UUID workspaceId) {
        EventClient[] opened = new EventClient[1];
        opened[0] = streams.open(context, () -> leave(workspaceId, opened[0]));
        EventClient client = opened[0];
        WatchedWorkspace workspace = watched.compute(workspaceId, (id, present) -> {
            WatchedWorkspace joined = present == null ? watch(id) : present;
            joined.add(client);
            return joined;
        });
        if (client.isClosed()) {
            leave(workspaceId, client);
            return;
        }
        state.active(workspaceId, settings.mostJobsPerWorkspace())
                .subscribe()
                .with(active -> workspace.welcome(client, active), failure -> {
                    LOG.warnf("workspace not read: workspace=%s reason=%s", workspaceId, failure.getMessage());
                    client.end();
                });
    }

    private WatchedWorkspace watch(UUID workspaceId) {
        WatchedWorkspace workspace = new WatchedWorkspace(settings.mostJobsPerWorkspace());
        workspace.subscribed(channel.subscribe(RedisNames.workspace(workspaceId))
                .subscribe()
                .with(
                        signal -> receive(workspace, signal),
                        failure -> LOG.warnf(
                                "channel lost, the sweep goes on: workspace=%s reason=%s", workspaceId, failure)));
        return workspace;
    }

    private void receive(WatchedWorkspace workspace, ChannelSignal signal) {
        if (signal instanceof ChannelSignal.Message message) {
            workspace.forward(message.json());
        } else {
            sweep();
        }
    }

    private void leave(UUID workspaceId, EventClient client) {
        watched.computeIfPresent(workspaceId, (id, workspace) -> {
            if (!workspace.remove(client)) {
                return workspace;
            }
            workspace.unsubscribe();
            return null;
        });
    }

    /** One question for all workspaces: new jobs, and what became of those that were under way. */
    private void sweep() {
        if (watched.isEmpty()) {
            // Who comes next is told what is active then, not everything that happened since somebody last watched.
            lastSweep = clock.instant();
            return;
        }
        if (!sweeping.compareAndSet(false, true)) {
            return;
        }
        Instant now = clock.instant();
        Set<UUID> jobs = new HashSet<>();
        watched.values().forEach(workspace -> jobs.addAll(workspace.jobs()));
        int most = settings.mostJobsPerWorkspace() * (watched.size() + 1);
        state.of(jobs, watched.keySet(), lastSweep.minus(OVERLAP), most)
                .onTermination()
                .invoke(() -> sweeping.set(false))
                .subscribe()
                .with(
                        events -> swept(events, now),
                        failure -> LOG.warnf("sweep failed: reason=%s", failure.getMessage()));
    }

    private void swept(List<JobEvent> events, Instant asOf) {
        lastSweep = asOf;
        for (JobEvent event : events) {
            WatchedWorkspace workspace = watched.get(event.workspaceId());
            if (workspace != null) {
                workspace.tell(event);
            }
        }
    }
}
