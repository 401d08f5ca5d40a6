package io.storyreel.worker.export;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.worker.export.ExportShelf.GivenAway;
import io.storyreel.worker.run.Chore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Removes exports that nobody needs: not used for long, of a video that was replaced, or of a project that is gone.
 * All workers share the work; a file that two of them remove is removed once.
 */
@ApplicationScoped
class OldExports implements Chore {
    private static final Logger LOG = Logger.getLogger(OldExports.class);
    private static final int MOST_A_ROUND = 100;

    private final ExportShelf shelf;
    private final ObjectStore store;
    private final ExportSettings settings;

    OldExports(ExportShelf shelf, ObjectStore store, ExportSettings settings) {
        this.shelf = shelf;
        this.store = store;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "removing old exports";
    }

    @Override
    public Duration pause() {
        return settings.look();
    }

    /** The row goes after its file, so that a crash in between leaves nothing behind that nobody knows of. */
    @Override
    public Uni<Void> round(Path scratch) {
        return shelf.giveAway(settings.retention(), settings.replacedRetention(), MOST_A_ROUND)
                .chain(() -> shelf.givenAway(MOST_A_ROUND))
                .chain(this::remove);
    }

    private Uni<Void> remove(List<GivenAway> exports) {
        return Multi.createFrom()
                .iterable(exports)
                .onItem()
                .transformToUniAndConcatenate(this::remove)
                .collect()
                .asList()
                .invoke(done -> {
                    if (!done.isEmpty()) {
                        LOG.infof("exports removed: count=%d", done.size());
                    }
                })
                .replaceWithVoid();
    }

    private Uni<GivenAway> remove(GivenAway export) {
        Uni<Void> file = export.key() == null ? Uni.createFrom().voidItem() : store.delete(export.key());
        return file.chain(() -> shelf.gone(export)).replaceWith(export);
    }
}
