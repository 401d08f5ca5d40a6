package io.storyreel.worker;

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
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Supplier;

/** A run that remembers what it was told and keeps no steps. */
public final class ScriptedRun implements JobRun {
    private final List<JobChange> told = new CopyOnWriteArrayList<>();
    private final ClaimedJob job;
    private final Path home;
    private final Path scratch;

    public ScriptedRun(ClaimedJob job, Path home) {
        this.job = job;
        this.home = home;
        try {
            this.scratch = Files.createTempDirectory(home, "run-");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    public ScriptedRun again() {
        return new ScriptedRun(job, home);
    }

    public List<Integer> percentages() {
        return told.stream().map(change -> change.position().progress()).toList();
    }

    @Override
    public ClaimedJob job() {
        return job;
    }

    @Override
    public Path scratch() {
        return scratch;
    }

    @Override
    public Uni<Void> tell(JobChange change) {
        told.add(change);
        return Uni.createFrom().voidItem();
    }

    @Override
    public Uni<JsonObject> step(String name, Supplier<Uni<JsonObject>> work) {
        return Uni.createFrom().deferred(work::get);
    }

    @Override
    public Uni<JsonObject> step(String name, JobChange change, Supplier<Uni<JsonObject>> work) {
        return step(name, work);
    }
}
