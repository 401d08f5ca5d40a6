package io.storyreel.worker.run;

import io.quarkus.runtime.configuration.DurationConverter;
import io.smallrye.config.PropertiesConfigSource;
import io.smallrye.config.SmallRyeConfigBuilder;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.job.JobEvent;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobPriority;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.JobView;
import io.storyreel.common.job.NewJob;
import io.storyreel.common.job.WaitingJob;
import io.storyreel.common.job.WorkerLeases;
import io.storyreel.common.job.Workload;
import io.storyreel.common.queue.JobQueue;
import io.storyreel.common.queue.ProgressChannel;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class WorkerTest {
    private static final Duration CANCEL_PATIENCE = Duration.ofMillis(900);

    @TempDir
    static Path directory;

    private static EngineServers servers;
    private static JobStore store;
    private static JobQueue queue;
    private final List<Worker> workers = new ArrayList<>();
    private final ScriptedHandler handler = new ScriptedHandler(run -> ScriptedHandler.succeed());
    private final ScriptedCpu cpu = new ScriptedCpu();
    private Path scratch;

    @BeforeAll
    static void startServers() throws Exception {
        servers = new EngineServers(directory);
        store = new JobStore(servers.pool);
        queue = new JobQueue(servers.redisClient());
    }

    @AfterAll
    static void stopServers() throws Exception {
        servers.close();
    }

    @BeforeEach
    void start() throws IOException {
        scratch = Files.createTempDirectory(directory, "scratch");
        servers.execute("truncate job, job_event, job_step, worker_lease", Tuple.tuple());
        startWorker(Map.of());
    }

    @AfterEach
    void stop() {
        workers.forEach(worker -> worker.stop(null));
    }

    @Test
    void takes_a_job_to_its_end_and_tells_every_step_once() {
        handler.nowDo(
                run -> run.tell(JobChange.progress(50, "animate", "Half way")).chain(ScriptedHandler::succeed));

        UUID job = submit();

        awaitStatus(job, JobStatus.COMPLETED);
        assertThat(view(job).progress()).isEqualTo(100);
        assertThat(view(job).costActual()).isEqualByComparingTo("0.5");
        assertThat(events(job)).extracting(JobEvent::progress).containsExactly(0, 0, 50, 100);
        assertThat(events(job)).extracting(JobEvent::seq).containsExactly(1, 2, 3, 4);
    }

    @Test
    void fails_at_once_when_trying_again_would_not_help() {
        handler.nowDo(run -> Uni.createFrom()
                .failure(JobFailure.lasting("unusable_image", "Scene 2 is a text")
                        .ofScene(2)));

        UUID job = submit();

        awaitStatus(job, JobStatus.FAILED);
        assertThat(view(job).errorCode()).isEqualTo("unusable_image");
        assertThat(view(job).errorMessage()).isEqualTo("Scene 2 is a text");
        assertThat(events(job)).last().extracting(JobEvent::scene).isEqualTo(2);
        assertThat(view(job).costActual()).isEqualByComparingTo("0.25");
        assertThat(handler.started).hasSize(1);
    }

    @Test
    void tries_again_after_a_transient_failure_and_gives_up_in_the_end() {
        handler.nowDo(
                run -> Uni.createFrom().failure(JobFailure.passing("provider_down", "The provider is away", null)));

        UUID job = submit();

        ringUntilFailed(job);
        assertThat(handler.started).hasSize(3);
        assertThat(view(job).errorMessage()).isEqualTo("The provider is away");
    }

    @Test
    void treats_a_bug_as_transient_without_telling_its_text_to_the_user() {
        handler.nowDo(run -> {
            throw new IllegalStateException("secret detail");
        });

        UUID job = submit();

        ringUntilFailed(job);
        assertThat(handler.started).hasSize(3);
        assertThat(view(job).errorMessage()).doesNotContain("secret");
    }

    @Test
    void stops_the_work_of_a_canceled_job_and_leaves_no_scratch_file() {
        handler.nowDo(run -> {
            write(run.scratch().resolve("clip.mp4"));
            return Uni.createFrom().nothing();
        });
        UUID job = submit();
        await().atMost(EngineServers.LIMIT).until(() -> !handler.started.isEmpty());

        store.cancel(servers.workspace, job).await().atMost(EngineServers.LIMIT);
        queue.ringForCancellation(job).await().atMost(EngineServers.LIMIT);

        awaitStatus(job, JobStatus.CANCELED);
        assertThat(handler.stopped).containsExactly(job);
        assertThat(handler.abandoned).containsExactly(job);
        assertThat(view(job).costActual()).isEqualByComparingTo("0.25");
        assertThat(scratchFiles()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(booleans = {true, false})
    void cancels_a_job_whose_provider_fails_or_hangs_when_it_is_told_to_stop(boolean hangs) {
        handler.nowDo(run -> Uni.createFrom().nothing());
        handler.onAbandonDo(() -> hangs
                ? Uni.createFrom().nothing()
                : Uni.createFrom().failure(new IllegalStateException("the provider is away")));
        UUID job = submit();
        await().atMost(EngineServers.LIMIT).until(() -> !handler.started.isEmpty());

        store.cancel(servers.workspace, job).await().atMost(EngineServers.LIMIT);
        queue.ringForCancellation(job).await().atMost(EngineServers.LIMIT);

        awaitStatus(job, JobStatus.CANCELED);
        assertThat(handler.abandoned).containsExactly(job);
    }

    @Test
    void finds_a_cancellation_whose_ringing_was_lost() {
        handler.nowDo(run -> Uni.createFrom().nothing());
        UUID job = submit();
        await().atMost(EngineServers.LIMIT).until(() -> !handler.started.isEmpty());

        store.cancel(servers.workspace, job).await().atMost(EngineServers.LIMIT);

        awaitStatus(job, JobStatus.CANCELED);
    }

    @Test
    void hands_its_jobs_back_when_it_is_told_to_stop_and_the_next_worker_skips_what_is_done() {
        AtomicInteger prepared = new AtomicInteger();
        handler.nowDo(run -> prepare(run, prepared).chain(() -> Uni.createFrom().nothing()));
        UUID job = submit();
        await().atMost(EngineServers.LIMIT)
                .until(() -> prepared.get() == 1 && events(job).size() >= 3);

        workers.remove(0).stop(null);

        assertThat(view(job).status()).isEqualTo(JobStatus.PENDING);
        assertThat(handler.stopped).containsExactly(job);
        assertThat(handler.abandoned).isEmpty();
        handler.nowDo(run -> prepare(run, prepared).chain(ScriptedHandler::succeed));
        startWorker(Map.of());
        ring(job);
        awaitStatus(job, JobStatus.COMPLETED);
        assertThat(prepared).hasValue(1);
        assertThat(view(job).attempts()).isEqualTo(2);
    }

    @Test
    void hands_a_job_back_only_when_what_it_asked_of_others_is_answered() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        handler.nowDo(run -> Uni.createFrom().nothing());
        handler.onSettleDo(() -> Uni.createFrom().completionStage(() -> answered));
        UUID job = submit();
        await().atMost(EngineServers.LIMIT).until(() -> !handler.started.isEmpty());
        Worker stopped = workers.remove(0);

        CompletableFuture<Void> stopping = CompletableFuture.runAsync(() -> stopped.stop(null));

        await().atMost(EngineServers.LIMIT).until(() -> handler.stopped.contains(job));
        awaitStillProcessing(job);
        answered.complete(null);
        awaitStatus(job, JobStatus.PENDING);
        stopping.join();
    }

    @Test
    void tries_again_only_when_what_the_run_asked_of_others_is_answered() {
        CompletableFuture<Void> answered = new CompletableFuture<>();
        handler.nowDo(run -> Uni.createFrom().failure(JobFailure.passing("provider_down", "It is away", null)));
        handler.onSettleDo(() -> Uni.createFrom().completionStage(() -> answered));
        UUID job = submit();
        await().atMost(EngineServers.LIMIT).until(() -> !handler.started.isEmpty());

        awaitStillProcessing(job);
        answered.complete(null);

        ringUntilFailed(job);
    }

    @Test
    void hands_a_job_back_although_a_provider_never_answers() {
        handler.nowDo(run -> Uni.createFrom().nothing());
        handler.onSettleDo(() -> Uni.createFrom().nothing());
        UUID job = submit();
        await().atMost(EngineServers.LIMIT).until(() -> !handler.started.isEmpty());

        workers.remove(0).stop(null);

        assertThat(view(job).status()).isEqualTo(JobStatus.PENDING);
    }

    @Test
    void stops_working_on_what_was_taken_over_by_others() {
        handler.nowDo(run -> Uni.createFrom().nothing());
        UUID job = submit();
        await().atMost(EngineServers.LIMIT).until(() -> !handler.started.isEmpty());

        servers.execute("delete from worker_lease", Tuple.tuple());
        store.takeOver(10, 5).await().atMost(EngineServers.LIMIT);

        await().atMost(EngineServers.LIMIT).until(() -> handler.stopped.contains(job));
        assertThat(handler.abandoned).isEmpty();
        assertThat(view(job).status()).isEqualTo(JobStatus.PENDING);
    }

    @Test
    void gives_up_a_job_that_is_its_own_in_the_database_but_that_it_never_heard_of() {
        NewJob job = servers.newJob();
        store.accept(job).await().atMost(EngineServers.LIMIT);
        servers.execute(
                "update job set status = 'processing', lease_epoch = 1,"
                        + " lease_owner = (select worker_id from worker_lease limit 1) where id = $1",
                Tuple.of(job.id()));

        await().atMost(EngineServers.LIMIT).until(() -> !store.takeOver(10, 5)
                .await()
                .atMost(EngineServers.LIMIT)
                .isEmpty());

        ring(job.id());
        awaitStatus(job.id(), JobStatus.COMPLETED);
    }

    @Test
    void goes_on_after_redis_lost_everything() {
        servers.redisClient().send(Request.cmd(Command.FLUSHALL)).await().atMost(EngineServers.LIMIT);

        UUID job = submit();

        awaitStatus(job, JobStatus.COMPLETED);
    }

    @Test
    void never_holds_more_jobs_than_it_has_slots() {
        handler.nowDo(run -> Uni.createFrom().nothing());
        workers.remove(0).stop(null);
        startWorker(Map.of("storyreel.worker.slots", "2"));
        List<UUID> jobs = Stream.generate(this::submit).limit(5).toList();

        await().atMost(EngineServers.LIMIT).until(() -> handler.started.size() == 2);
        store.cancel(servers.workspace, handler.started.get(0).id()).await().atMost(EngineServers.LIMIT);

        await().atMost(EngineServers.LIMIT).until(() -> handler.started.size() == 3);
        assertThat(jobs)
                .filteredOn(job -> view(job).status() == JobStatus.PROCESSING)
                .hasSize(2);
    }

    @Test
    void ten_waiting_jobs_are_overtaken_by_a_later_one_of_higher_priority() {
        CompletableFuture<Void> busy = busyWithOne("1000");
        UUID low = submit(JobPriority.LOW);
        List<UUID> normal =
                Stream.generate(() -> submit(JobPriority.NORMAL)).limit(10).toList();
        UUID high = submit(JobPriority.HIGH);
        assertThat(handler.started).hasSize(1);

        busy.complete(null);

        awaitStatus(low, JobStatus.COMPLETED);
        List<UUID> expected = new ArrayList<>(List.of(high));
        expected.addAll(normal);
        expected.add(low);
        assertThat(handler.started).extracting(ClaimedJob::id).endsWith(expected.toArray(UUID[]::new));
        assertThat(handler.started).hasSize(1 + expected.size());
    }

    @Test
    void a_job_of_low_priority_does_not_wait_for_ever_behind_higher_ones() {
        CompletableFuture<Void> busy = busyWithOne("4");
        UUID low = submit(JobPriority.LOW);
        List<UUID> high =
                Stream.generate(() -> submit(JobPriority.HIGH)).limit(10).toList();

        busy.complete(null);

        high.forEach(job -> awaitStatus(job, JobStatus.COMPLETED));
        awaitStatus(low, JobStatus.COMPLETED);
        assertThat(handler.started.get(3).id()).isEqualTo(low);
    }

    @Test
    void a_job_that_is_tried_again_keeps_its_priority() {
        CompletableFuture<Void> busy = busyWithOne("1000");
        handler.nowDo(run -> Uni.createFrom().failure(JobFailure.passing("provider_down", "It is away", null)));
        UUID high = submit(JobPriority.HIGH);
        busy.complete(null);
        await().atMost(EngineServers.LIMIT)
                .until(() -> handler.started.size() == 2 && view(high).status() == JobStatus.PENDING);

        await().atMost(EngineServers.LIMIT)
                .untilAsserted(() -> assertThat(store.dueForRinging(10).await().atMost(EngineServers.LIMIT))
                        .singleElement()
                        .satisfies(due -> assertThat(due.priority()).isEqualTo(JobPriority.HIGH)));
        assertThat(view(high).priority()).isEqualTo(JobPriority.HIGH);
    }

    @Test
    void never_holds_more_jobs_than_it_has_slots_whatever_their_priorities() {
        CompletableFuture<Void> busy = busyWithOne("1000");
        handler.nowDo(run -> Uni.createFrom().nothing());
        List<UUID> jobs = Stream.of(JobPriority.values()).map(this::submit).toList();

        busy.complete(null);

        await().atMost(EngineServers.LIMIT).until(() -> handler.started.size() == 2);
        assertThat(jobs)
                .filteredOn(job -> view(job).status() == JobStatus.PROCESSING)
                .containsExactly(jobs.get(JobPriority.HIGH.ordinal()));
    }

    /** A worker with one slot, which is taken until the answer is completed. Later jobs succeed at once. */
    private CompletableFuture<Void> busyWithOne(String lowestEvery) {
        CompletableFuture<Void> busy = new CompletableFuture<>();
        workers.remove(0).stop(null);
        startWorker(Map.of("storyreel.worker.slots", "1", "storyreel.worker.lowest-every", lowestEvery));
        handler.nowDo(run -> Uni.createFrom().completionStage(busy).chain(ScriptedHandler::succeed));
        submit();
        await().atMost(EngineServers.LIMIT).until(() -> handler.started.size() == 1);
        handler.nowDo(run -> ScriptedHandler.succeed());
        return busy;
    }

    @Test
    void leaves_what_its_processors_cannot_take_to_an_idle_worker() {
        handler.nowDo(run -> Uni.createFrom().nothing());
        Stream.generate(() -> submit("local")).limit(12).forEach(job -> {});
        await().atMost(EngineServers.LIMIT).until(() -> handler.started.size() == 6);

        List<UUID> elsewhere = Stream.generate(this::submit).limit(20).toList();

        await().atMost(EngineServers.LIMIT).until(() -> handler.started.size() == 26);
        assertThat(handler.started).extracting(ClaimedJob::id).containsAll(elsewhere);
        startWorker(Map.of());
        await().atMost(EngineServers.LIMIT).until(() -> handler.started.size() == 32);
    }

    @Test
    void takes_nothing_to_compute_while_it_is_behind_with_what_it_has() {
        cpu.nowWaiting(4);
        // A read that had begun before may still bring something.
        workers.remove(0).stop(null);
        startWorker(Map.of());
        UUID local = submit("local");

        awaitStatus(submit("mock"), JobStatus.COMPLETED);

        assertThat(view(local).status()).isEqualTo(JobStatus.PENDING);
        cpu.nowWaiting(0);
        awaitStatus(local, JobStatus.COMPLETED);
    }

    @Test
    void stops_at_once_while_it_waits_for_its_processors() {
        cpu.nowWaiting(4);
        startWorker(Map.of());
        Worker behind = workers.remove(1);
        AtomicBoolean stopped = new AtomicBoolean();

        CompletableFuture.runAsync(() -> behind.stop(null)).thenRun(() -> stopped.set(true));

        // Well before its patience with jobs that do not end is over.
        await().atMost(Duration.ofSeconds(6)).untilTrue(stopped);
    }

    @Test
    void names_the_trace_of_a_job_from_its_beginning_to_its_end() {
        NewJob job = servers.newJob("mock", "00-4bf92f3577b34da6a3ce929d0e0e4736-00f067aa0ba902b7-01");
        handler.nowDo(run -> handler.started.size() == 1
                ? Uni.createFrom().failure(JobFailure.passing("provider_down", "It is away", null))
                : ScriptedHandler.succeed());
        try (HeardLog log = new HeardLog(JobRunner.class)) {
            store.accept(job).await().atMost(EngineServers.LIMIT);
            await().atMost(EngineServers.LIMIT).until(() -> {
                ring(job.id());
                return view(job.id()).status() == JobStatus.COMPLETED;
            });

            assertThat(log.lines())
                    .extracting(line -> line.replaceAll(":.*", ""))
                    .containsExactly("job begun", "job is tried again", "job begun", "job done");
            assertThat(log.lines()).allSatisfy(line -> assertThat(line)
                    .contains("job=" + job.id())
                    .contains("trace=4bf92f3577b34da6a3ce929d0e0e4736"));
        }
    }

    private static Uni<JsonObject> prepare(JobRun run, AtomicInteger times) {
        return run.step("prepare", () -> {
            times.incrementAndGet();
            return Uni.createFrom().item(new JsonObject().put("done", true));
        });
    }

    private void startWorker(Map<String, String> more) {
        Map<String, String> properties = new HashMap<>(Map.of(
                "storyreel.worker.name",
                "worker-" + workers.size(),
                "storyreel.worker.heartbeat",
                "200ms",
                "storyreel.worker.read-block",
                "200ms",
                "storyreel.worker.retry-delays",
                "10ms,20ms",
                "storyreel.worker.cancel-patience",
                CANCEL_PATIENCE.toMillis() + "ms",
                "storyreel.worker.scratch-dir",
                scratch.toString()));
        properties.putAll(more);
        WorkerSettings settings = new SmallRyeConfigBuilder()
                .withMapping(WorkerSettings.class)
                .withConverter(Duration.class, 100, new DurationConverter())
                .addDefaultInterceptors()
                .withSources(new PropertiesConfigSource(properties, "test", 100))
                .build()
                .getConfigMapping(WorkerSettings.class);
        ProgressChannel channel = new ProgressChannel(servers.redisClient());
        JobRunner runner = new JobRunner(settings, store, channel, List.of(handler));
        Worker worker = new Worker(
                settings,
                store,
                new WorkerLeases(servers.pool),
                runner,
                channel,
                queue,
                servers.redisClient(),
                cpu,
                List.of());
        worker.start(null);
        workers.add(worker);
    }

    private UUID submit() {
        return submit("mock");
    }

    private UUID submit(String provider) {
        NewJob job = servers.newJob(provider);
        store.accept(job).await().atMost(EngineServers.LIMIT);
        ring(job.id(), Workload.of(provider));
        return job.id();
    }

    private void ring(UUID job) {
        ring(job, Workload.WAITING);
    }

    private void ring(UUID job, Workload workload) {
        ring(job, workload, JobPriority.NORMAL);
    }

    private UUID submit(JobPriority priority) {
        NewJob job = servers.newJob("mock", null, priority);
        store.accept(job).await().atMost(EngineServers.LIMIT);
        ring(job.id(), Workload.WAITING, priority);
        return job.id();
    }

    private void ring(UUID job, Workload workload, JobPriority priority) {
        queue.ring(List.of(new WaitingJob(job, JobKind.RENDER, workload, priority, null)))
                .onFailure()
                .retry()
                .atMost(5)
                .await()
                .atMost(EngineServers.LIMIT);
    }

    /** Rings for the retries, as the dispatcher would. */
    private void ringUntilFailed(UUID job) {
        await().atMost(EngineServers.LIMIT).until(() -> {
            ring(job);
            return view(job).status() == JobStatus.FAILED;
        });
    }

    private void awaitStatus(UUID job, JobStatus status) {
        await().atMost(EngineServers.LIMIT).until(() -> view(job).status() == status);
    }

    private static void awaitStillProcessing(UUID job) {
        await().during(CANCEL_PATIENCE.dividedBy(3))
                .atMost(EngineServers.LIMIT)
                .until(() -> view(job).status() == JobStatus.PROCESSING);
    }

    private static JobView view(UUID job) {
        return store.find(servers.workspace, job).await().atMost(EngineServers.LIMIT);
    }

    private static List<JobEvent> events(UUID job) {
        return store.eventsAfter(job, 0).await().atMost(EngineServers.LIMIT);
    }

    private List<Path> scratchFiles() {
        try (Stream<Path> files = Files.walk(scratch)) {
            return files.filter(file -> file.toString().endsWith(".mp4")).toList();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Path file) {
        try {
            Files.writeString(file, "frames");
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
