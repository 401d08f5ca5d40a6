package io.storyreel.api.storyboard;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.project.OwnedProjects;
import io.storyreel.api.provider.PastDurations;
import io.storyreel.common.scene.SceneTallies;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.util.Collection;
import java.util.UUID;

/** Projects together with their latest renders. */
@ApplicationScoped
public class StoryboardJobs {
    private static final String VISIBLE = StoryboardState.SELECT + " and p.workspace_id = any($2)";

    private final Pool pool;
    private final SceneTallies tallies;
    private final StoryboardEstimates estimates;
    private final PastDurations durations;
    private final Clock clock;

    StoryboardJobs(
            Pool pool, SceneTallies tallies, StoryboardEstimates estimates, PastDurations durations, Clock clock) {
        this.pool = pool;
        this.tallies = tallies;
        this.estimates = estimates;
        this.durations = durations;
        this.clock = clock;
    }

    /** The job as clients see it; fails with a problem if it is in none of the workspaces. */
    public Uni<StoryboardJob> find(Collection<UUID> workspaces, UUID job, HttpServerRequest http) {
        return state(workspaces, job).chain(state -> job(state, http));
    }

    Uni<StoryboardJob> job(StoryboardState state, HttpServerRequest http) {
        return estimates
                .of(state)
                .map(costs -> StoryboardJob.of(state, progress(state), costs, address(http, state.id())));
    }

    /** Fails with a problem if it is in none of the workspaces. */
    Uni<StoryboardState> state(Collection<UUID> workspaces, UUID job) {
        return state(VISIBLE, Tuple.of(job, workspaces.toArray(UUID[]::new)), job);
    }

    /** @param workspaces null: whichever it is in */
    Uni<StoryboardMetadata> metadata(Collection<UUID> workspaces, UUID job, HttpServerRequest http) {
        Uni<StoryboardState> found =
                workspaces == null ? state(StoryboardState.SELECT, Tuple.of(job), job) : state(workspaces, job);
        return found.chain(state -> estimates
                .of(state)
                .map(costs -> StoryboardMetadata.of(state, progress(state), costs, address(http, job))));
    }

    private Uni<StoryboardState> state(String sql, Tuple values, UUID job) {
        return pool.preparedQuery(sql).execute(values).chain(rows -> {
            if (rows.size() == 0) {
                throw OwnedProjects.missing(job);
            }
            return tallies.of(pool, job)
                    .map(tally -> StoryboardState.of(rows.iterator().next(), tally));
        });
    }

    private StoryboardProgress progress(StoryboardState state) {
        Duration usual =
                state.render() == null ? null : durations.ofJob(state.render().provider());
        return StoryboardProgress.of(state, usual, clock.instant());
    }

    /** Behind a proxy it follows the X-Forwarded headers if {@code quarkus.http.proxy.*} says that they may be believed. */
    static String address(HttpServerRequest http, UUID job) {
        return http.scheme() + "://" + http.authority() + "/api/v2/jobs/" + job;
    }
}
