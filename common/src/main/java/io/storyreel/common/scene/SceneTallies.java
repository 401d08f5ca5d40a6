package io.storyreel.common.scene;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;

/** Counts the refinements of projects, and what their new pictures cost. */
@ApplicationScoped
public class SceneTallies {
    /** A picture that is there counts, even if its job was canceled the moment after. */
    private static final String COUNT =
            """
            select v.project_id, count(*) filter (where v.refinement) as refinements, sum(v.cost) as cost
            from scene_version v left join job j on j.id = v.job_id
            where v.project_id = any($1) and (v.job_id is null or v.image_url is not null
                or j.status in ('pending', 'processing', 'completed'))
            group by v.project_id
            """;

    /** With the project's row locked the answer stays true until the transaction ends. */
    public Uni<SceneTally> of(SqlClient database, UUID project) {
        return of(database, List.of(project)).map(all -> all.getOrDefault(project, SceneTally.NONE));
    }

    /** Projects none of whose scenes was ever changed here are missing from the answer. */
    public Uni<Map<UUID, SceneTally>> of(SqlClient database, Collection<UUID> projects) {
        return database.preparedQuery(COUNT)
                .execute(Tuple.tuple().addValue(projects.toArray(UUID[]::new)))
                .map(rows -> {
                    Map<UUID, SceneTally> all = new HashMap<>();
                    rows.forEach(row -> all.put(
                            row.getUUID("project_id"),
                            new SceneTally(row.getLong("refinements").intValue(), row.getBigDecimal("cost"))));
                    return all;
                });
    }
}
