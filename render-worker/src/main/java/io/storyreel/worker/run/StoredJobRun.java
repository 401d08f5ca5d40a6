package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.job.JobEvent;
import io.storyreel.common.job.JobStore;
import io.vertx.core.json.JsonObject;

import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** A run whose every word is in the database before anybody hears it. */
final class StoredJobRun implements JobRun {
    private final ClaimedJob job;
    private final JobStore store;
    private final Consumer<JobEvent> published;
    private final Scratch scratch;
    private final Duration patience;
    private Uni<Map<String, String>> finishedSteps;
    private Path directory;

    StoredJobRun(ClaimedJob job, JobStore store, Consumer<JobEvent> published, Scratch scratch, Duration patience) {
        this.job = job;
        this.store = store;
        this.published = published;
        this.scratch = scratch;
        this.patience = patience;
    }

    @Override
    public ClaimedJob job() {
        return job;
    }

    /** Made at first use: a job that needs no files leaves the disk alone. */
    @Override
    public synchronized Path scratch() {
        if (directory == null) {
            directory = scratch.make(name());
        }
        return directory;
    }

    synchronized void removeScratch() {
        if (directory != null) {
            scratch.remove(name());
            directory = null;
        }
    }

    synchronized boolean usedScratch() {
        return directory != null;
    }

    @Override
    public Uni<Void> tell(JobChange change) {
        return Patience.whileAway(patience, () -> store.advance(job.lease(), change))
                .invoke(published)
                .replaceWithVoid();
    }

    @Override
    public Uni<JsonObject> step(String name, Supplier<Uni<JsonObject>> work) {
        return step(name, null, work);
    }

    @Override
    public Uni<JsonObject> step(String name, JobChange told, Supplier<Uni<JsonObject>> work) {
        return finishedSteps().chain(finished -> {
            String result = finished.get(name);
            return result == null ? work(name, told, work) : Uni.createFrom().item(new JsonObject(result));
        });
    }

    private Uni<JsonObject> work(String name, JobChange told, Supplier<Uni<JsonObject>> work) {
        JobChange change = told == null ? JobChange.progress(0, null, null) : told;
        return Uni.createFrom()
                .deferred(() -> work.get())
                .call(result -> tell(change.finishing(name, result.encode())));
    }

    /** A job that is run for the first time cannot have finished anything. */
    private synchronized Uni<Map<String, String>> finishedSteps() {
        if (finishedSteps == null) {
            finishedSteps = job.attempt() == 1
                    ? Uni.createFrom().item(Map.of())
                    : Patience.whileAway(patience, () -> store.steps(job.id()))
                            .memoize()
                            .indefinitely();
        }
        return finishedSteps;
    }

    private String name() {
        return job.id() + "-" + job.lease().epoch();
    }
}
