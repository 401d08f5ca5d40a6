package io.storyreel.worker.sweep;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ListedObject;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.worker.run.Chore;
import io.vertx.mutiny.sqlclient.Row;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Looks through the object store, page by page, for files that the database does not know. One worker does so at a time;
 * if it dies, another goes on at the page where it was. What is found is removed as everything else that nobody needs:
 * not without asking once more.
 */
@ApplicationScoped
class Sweeper implements Chore {
    private static final Logger LOG = Logger.getLogger(Sweeper.class);
    private static final int MOST_PAGES_A_ROUND = 100;
    private static final int LARGEST_PAGE = 1_000;

    private final Sweeps sweeps;
    private final ObjectStore store;
    private final SweepSettings settings;
    private final MeterRegistry meters;
    private final Clock clock;
    private final AtomicLong lastEnd;

    Sweeper(Sweeps sweeps, ObjectStore store, SweepSettings settings, MeterRegistry meters, Clock clock) {
        if (settings.page() < 1 || settings.page() > LARGEST_PAGE) {
            throw new IllegalArgumentException(
                    "storyreel.sweeper.page must be 1 to " + LARGEST_PAGE + ", is " + settings.page());
        }
        this.sweeps = sweeps;
        this.store = store;
        this.settings = settings;
        this.meters = meters;
        this.clock = clock;
        this.lastEnd = meters.gauge("storyreel.sweeper.last.end.seconds", new AtomicLong());
    }

    @Override
    public String name() {
        return "sweeping the object store";
    }

    @Override
    public Duration pause() {
        return settings.look();
    }

    @Override
    public Uni<Void> round(Path scratch) {
        return settings.enabled()
                ? sweeps.mine()
                        .chain(sweep -> sweep == null ? Uni.createFrom().voidItem() : pages(sweep, MOST_PAGES_A_ROUND))
                : Uni.createFrom().voidItem();
    }

    private Uni<Void> pages(Sweep sweep, int most) {
        return page(sweep)
                .chain(next -> next == null || next.atItsEnd() || most <= 1
                        ? Uni.createFrom().voidItem()
                        : pages(next, most - 1));
    }

    /** Where it goes on; null if another worker does. */
    private Uni<Sweep> page(Sweep sweep) {
        return store.list(sweep.prefixName(), sweep.after(), settings.page()).chain(all -> {
            var page = SweptPage.of(sweep.prefixName(), all, clock.instant().minus(settings.grace()));
            Sweep next = all.size() < settings.page()
                    ? sweep.nextPrefix()
                    : sweep.after(all.get(all.size() - 1).key());
            return sweeps.needed(page.old()).map(page::without).chain(orphans -> sweeps.advance(
                            sweep, next, page, orphans)
                    .map(row -> row == null ? null : counted(next, page, orphans, row)));
        });
    }

    private Sweep counted(Sweep next, SweptPage page, List<ListedObject> orphans, Row row) {
        count("needed", page.old().size() - orphans.size());
        count("young", page.young());
        count("strange", page.strange());
        count("orphan", orphans.size());
        meters.counter("storyreel.sweeper.orphan.bytes").increment(SweptPage.bytes(orphans));
        if (next.atItsEnd()) {
            lastEnd.set(clock.instant().getEpochSecond());
            LOG.infof(
                    "object store swept: sweep=%s dry_run=%b listed=%d bytes=%d needed=%d young=%d strange=%d orphans=%d"
                            + " orphan_bytes=%d",
                    row.getUUID("id"),
                    row.getBoolean("dry_run"),
                    row.getLong("listed"),
                    row.getLong("listed_bytes"),
                    row.getLong("needed"),
                    row.getLong("young"),
                    row.getLong("strange"),
                    row.getLong("orphans"),
                    row.getLong("orphan_bytes"));
        }
        return next;
    }

    private void count(String found, int objects) {
        meters.counter("storyreel.sweeper.files", "found", found).increment(objects);
    }
}
