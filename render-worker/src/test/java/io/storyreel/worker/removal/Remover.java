package io.storyreel.worker.removal;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storage.ObjectUses;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.run.Chore;
import io.vertx.mutiny.sqlclient.Tuple;

import java.nio.file.Path;
import java.time.Clock;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** What a worker removes, round by round; in a hurry. */
public final class Remover {
    public static final String SHA = "ab".repeat(32);

    public final FileRemovals removals;
    public final ObjectUses uses;
    private final RealPostgres postgres;
    private final Chore projects;
    private final Chore files;

    public Remover(RealPostgres postgres, ObjectStore store, Map<String, String> more) {
        Map<String, String> hurry = new HashMap<>(Map.of(
                "storyreel.removal.settle", "0s", "storyreel.removal.look", "0s", "storyreel.removal.again", "1h"));
        hurry.putAll(more);
        RemovalSettings settings = TestSettings.of(RemovalSettings.class, hurry);
        this.postgres = postgres;
        removals = new FileRemovals(postgres.pool, settings);
        uses = new ObjectUses(postgres.pool, Clock.systemUTC());
        projects = new DeletedProjects(
                postgres.pool, new JobStore(postgres.pool), new ProjectRemains(postgres.pool, removals), settings);
        files = new UnneededFiles(removals, store, settings, new SimpleMeterRegistry());
    }

    public void round() {
        projectRound();
        fileRound();
    }

    public void projectRound() {
        projects.round(Path.of(".")).await().atMost(RealPostgres.LIMIT);
    }

    public void fileRound() {
        files.round(Path.of(".")).await().atMost(RealPostgres.LIMIT);
    }

    public void ask(String... keys) {
        removals.ask(postgres.pool, List.of(keys), "deleted").await().atMost(RealPostgres.LIMIT);
    }

    public void use(UUID job, String... keys) {
        uses.use(job, List.of(keys)).await().atMost(RealPostgres.LIMIT);
    }

    public UUID project(UUID workspace, String storyboard) {
        UUID project = UUID.randomUUID();
        postgres.execute(
                "insert into video_project (id, workspace_id, title, storyboard, spec_digest)"
                        + " values ($1, $2, 'a film', $3::text::jsonb, $4)",
                Tuple.of(project, workspace, storyboard, "spec of " + project));
        postgres.execute(
                "insert into render_spec (digest, storyboard) values ($1, $2::text::jsonb)",
                Tuple.of("spec of " + project, storyboard));
        return project;
    }

    /** A render of the project in this state; whatever it made must be said besides. */
    public UUID job(UUID workspace, UUID project, String status) {
        UUID job = UUID.randomUUID();
        postgres.execute(
                "insert into job (id, kind, workspace_id, project_id, spec_digest, provider, status, attempts, started_at,"
                        + " lease_owner, completed_at, exclusive)"
                        + " values ($1, 'render', $2, $3, $4, 'local', $5, 1, now(),"
                        + " case when $5 = 'processing' then gen_random_uuid() end,"
                        + " case when $5 not in ('pending', 'processing') then now() end, false)",
                Tuple.of(job, workspace, project, "spec of " + project, status));
        return job;
    }

    /** As the API does. */
    public void delete(UUID workspace, UUID project) {
        postgres.execute(
                "with gone as (delete from video_project where id = $1 returning id)"
                        + " insert into project_removal (project_id, workspace_id) select id, $2 from gone",
                Tuple.of(project, workspace));
    }

    public long waiting() {
        return postgres.rows("select count(*) from object_removal", Tuple.tuple())
                .get(0)
                .getLong(0);
    }
}
