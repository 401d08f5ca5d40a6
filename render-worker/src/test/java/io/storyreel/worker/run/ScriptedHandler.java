package io.storyreel.worker.run;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobStatus;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;
import java.util.function.Supplier;

/** Does what the test says and remembers what it was asked. */
final class ScriptedHandler implements JobHandler {
    final List<ClaimedJob> started = new CopyOnWriteArrayList<>();
    final List<UUID> stopped = new CopyOnWriteArrayList<>();
    final List<UUID> abandoned = new CopyOnWriteArrayList<>();
    private volatile Supplier<Uni<Void>> farewell = () -> Uni.createFrom().voidItem();
    private volatile Supplier<Uni<Void>> settling = () -> Uni.createFrom().voidItem();
    private volatile Function<JobRun, Uni<JobResult>> script;

    ScriptedHandler(Function<JobRun, Uni<JobResult>> script) {
        this.script = script;
    }

    void nowDo(Function<JobRun, Uni<JobResult>> next) {
        script = next;
    }

    void onAbandonDo(Supplier<Uni<Void>> next) {
        farewell = next;
    }

    void onSettleDo(Supplier<Uni<Void>> next) {
        settling = next;
    }

    @Override
    public JobKind kind() {
        return JobKind.RENDER;
    }

    @Override
    public Uni<JobResult> handle(JobRun run) {
        started.add(run.job());
        return script.apply(run)
                .onCancellation()
                .invoke(() -> stopped.add(run.job().id()));
    }

    @Override
    public Uni<Void> settle(ClaimedJob job) {
        return settling.get();
    }

    @Override
    public Uni<Void> abandon(ClaimedJob job, JobStatus ending) {
        abandoned.add(job.id());
        return farewell.get();
    }

    @Override
    public Uni<BigDecimal> spent(ClaimedJob job) {
        return Uni.createFrom().item(new BigDecimal("0.25"));
    }

    static Uni<JobResult> succeed() {
        return Uni.createFrom().item(new JobResult("Done", "{\"video\":{\"key\":\"v\"}}", new BigDecimal("0.5")));
    }
}
