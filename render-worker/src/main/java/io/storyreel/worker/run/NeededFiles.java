package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectUses;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.UUID;

/**
 * Says which files of the object store a job needs, before it looks for them or puts them there; see {@link ObjectUses}.
 * A database that is away is waited for.
 */
@ApplicationScoped
public class NeededFiles {
    private final ObjectUses uses;
    private final WorkerSettings settings;

    public NeededFiles(ObjectUses uses, WorkerSettings settings) {
        this.uses = uses;
        this.settings = settings;
    }

    public Uni<Void> by(UUID job, Collection<String> keys) {
        return Patience.whileAway(settings.databasePatience(), () -> uses.use(job, keys));
    }

    public Uni<Void> forEver(Collection<String> keys) {
        return Patience.whileAway(settings.databasePatience(), () -> uses.keepForEver(keys));
    }
}
