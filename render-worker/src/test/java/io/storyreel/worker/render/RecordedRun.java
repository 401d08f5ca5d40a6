package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobChange;
import io.storyreel.worker.run.JobRun;
import io.vertx.core.json.JsonObject;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A run that remembers what it was told and which steps it finished; they outlive it, as in the database. */
final class RecordedRun implements JobRun {
    final List<JobChange> told = new CopyOnWriteArrayList<>();
    final Map<String, JsonObject> steps;
    private final ClaimedJob job;
    private final Path home;
    private Path scratch;

    RecordedRun(ClaimedJob job, Path home) {
        this(job, home, new ConcurrentHashMap<>());
    }

    RecordedRun(ClaimedJob job, Path home, Map<String, JsonObject> steps) {
        this.job = job;
        this.home = home;
        this.steps = steps;
    }

    /** The same job after a crash: what was finished is known, what was on the disk is gone. */
    RecordedRun resumed() {
        var again = new ClaimedJob(
                job.lease(),
                job.kind(),
                job.workspaceId(),
                job.projectId(),
                job.specDigest(),
                job.provider(),
                job.fallback(),
                job.progress(),
                job.attempt() + 1,
                job.retries(),
                job.costEstimated(),
                job.input(),
                job.traceparent());
        return new RecordedRun(again, home, steps);
    }

    @Override
    public ClaimedJob job() {
        return job;
    }

    @Override
    public synchronized Path scratch() {
        if (scratch == null) {
            try {
                scratch = Files.createTempDirectory(home, "run-");
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
        return scratch;
    }

    synchronized boolean usedScratch() {
        return scratch != null;
    }

    List<Integer> percentages() {
        return told.stream().map(change -> change.position().progress()).toList();
    }

    @Override
    public Uni<Void> tell(JobChange change) {
        told.add(change);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<JsonObject> step(String name, Supplier<Uni<JsonObject>> work) {
        return step(name, JobChange.progress(0, null, null), work);
    }

    @Override
    public Uni<JsonObject> step(String name, JobChange change, Supplier<Uni<JsonObject>> work) {
        JsonObject finished = steps.get(name);
        if (finished != null) {
            return Uni.createFrom().item(finished);
        }
        return Uni.createFrom()
                .deferred(work::get)
                .map(result -> new JsonObject(result.encode()))
                .call(result -> {
                    steps.put(name, result);
                    return tell(change);
                });
    }
}
