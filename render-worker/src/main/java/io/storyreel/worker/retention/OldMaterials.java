package io.storyreel.worker.retention;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.run.Chore;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.Duration;

/** Gives up the pictures, voices and clips of jobs that ended long ago. Those that a later job needs too stay. */
@ApplicationScoped
class OldMaterials implements Chore {
    private static final Logger LOG = Logger.getLogger(OldMaterials.class);

    private static final String TAKEN =
            """
            used as (
                delete from object_use u using ended where u.user_id = ended.id returning u.object_key
            ), asked as (
                insert into object_removal (object_key, reason) select distinct object_key, 'retention' from used
                on conflict do nothing
            )""";

    private final EndedJobs jobs;
    private final RetentionSettings settings;

    OldMaterials(EndedJobs jobs, RetentionSettings settings) {
        this.jobs = jobs;
        this.settings = settings;
    }

    @Override
    public String name() {
        return "giving up old materials";
    }

    @Override
    public Duration pause() {
        return settings.look();
    }

    @Override
    public Uni<Void> round(Path scratch) {
        return settings.materials().isEmpty()
                ? Uni.createFrom().voidItem()
                : jobs.take("materials", settings.materials().get(), TAKEN)
                        .invoke(count -> {
                            if (count > 0) {
                                LOG.infof("materials given up: jobs=%d", count);
                            }
                        })
                        .replaceWithVoid();
    }
}
