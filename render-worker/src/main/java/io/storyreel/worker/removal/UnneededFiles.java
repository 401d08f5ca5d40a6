package io.storyreel.worker.removal;

import io.micrometer.core.instrument.MeterRegistry;
import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storage.StorageOutage;
import io.storyreel.worker.removal.FileRemovals.Taken;
import io.storyreel.worker.run.Chore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Removes the files that were given up and that nobody needs. All workers share the work. */
@ApplicationScoped
class UnneededFiles implements Chore {
    private static final Logger LOG = Logger.getLogger(UnneededFiles.class);
    private static final int BATCH = 100;
    private static final int MOST_BATCHES_A_ROUND = 20;
    private static final int AT_ONCE = 8;

    /** What the object store does not let go may be let go some day, and must not keep up the others. */
    private static final Duration PAUSE_AFTER_REFUSAL = Duration.ofHours(1);

    private final FileRemovals removals;
    private final ObjectStore store;
    private final RemovalSettings settings;
    private final MeterRegistry meters;

    UnneededFiles(FileRemovals removals, ObjectStore store, RemovalSettings settings, MeterRegistry meters) {
        this.removals = removals;
        this.store = store;
        this.settings = settings;
        this.meters = meters;
    }

    @Override
    public String name() {
        return "removing files that nobody needs";
    }

    @Override
    public Duration pause() {
        return settings.look();
    }

    @Override
    public Uni<Void> round(Path scratch) {
        return removals.forgetHolds(BATCH).chain(() -> batches(MOST_BATCHES_A_ROUND));
    }

    private Uni<Void> batches(int most) {
        return removals.take(BATCH)
                .chain(files -> files.isEmpty()
                        ? Uni.createFrom().voidItem()
                        : removeAll(files)
                                .chain(() -> most > 1
                                        ? batches(most - 1)
                                        : Uni.createFrom().voidItem()));
    }

    private Uni<Void> removeAll(List<Taken> files) {
        return Multi.createFrom()
                .iterable(files)
                .onItem()
                .transformToUni(this::remove)
                .merge(AT_ONCE)
                .collect()
                .asList()
                .invoke(done -> LOG.infof("files removed: count=%d", done.size()))
                .replaceWithVoid();
    }

    /** The row goes after its file. While the object store is away the round fails, and the next goes on here. */
    private Uni<Taken> remove(Taken file) {
        return store.delete(file.key())
                .chain(() -> removals.gone(file))
                .invoke(() -> meters.counter("storyreel.removal.files", "reason", file.reason())
                        .increment())
                .onFailure(UnneededFiles::isRefused)
                .recoverWithUni(refused -> {
                    LOG.warnf(
                            "file not removed, tried again later: key=%s reason=%s", file.key(), refused.getMessage());
                    return removals.later(file, PAUSE_AFTER_REFUSAL);
                })
                .replaceWith(file);
    }

    private static boolean isRefused(Throwable failure) {
        return failure instanceof io.minio.errors.ErrorResponseException && !StorageOutage.isOne(failure);
    }
}
