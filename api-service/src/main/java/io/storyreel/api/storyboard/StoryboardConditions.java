package io.storyreel.api.storyboard;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Caller;
import io.storyreel.api.page.Conditions;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Makes sure that what is done to a job is done to the one that its author has seen. */
@ApplicationScoped
class StoryboardConditions {
    private final StoryboardJobs jobs;
    private final BodyTag tags;

    StoryboardConditions(StoryboardJobs jobs, BodyTag tags) {
        this.jobs = jobs;
        this.tags = tags;
    }

    /**
     * Fails unless If-Match names the job as it is. The item is the digest of its storyboard, to be insisted on where the
     * job is changed; null if nothing is demanded.
     *
     * @param ifMatch null if it was not sent
     */
    Uni<String> require(String ifMatch, Caller caller, UUID job, HttpServerRequest http) {
        return ifMatch == null
                ? Uni.createFrom().nullItem()
                : jobs.state(caller.workspaces(), job).chain(state -> require(ifMatch, state, http));
    }

    /** The same of a job that was read. */
    Uni<String> require(String ifMatch, StoryboardState state, HttpServerRequest http) {
        return ifMatch == null
                ? Uni.createFrom().nullItem()
                : jobs.job(state, http)
                        .invoke(present -> Conditions.requireMatch(ifMatch, '"' + tags.of(present) + '"'))
                        .replaceWith(state.specDigest());
    }
}
