package io.storyreel.common.queue;

import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobPriority;
import io.storyreel.common.job.WaitingJob;
import io.storyreel.common.job.Workload;
import io.storyreel.common.queue.JobConsumer.Doorbell;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class JobConsumerTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration BLOCK = Duration.ofMillis(200);

    private RealRedis server;
    private Redis redis;
    private JobQueue queue;
    private JobConsumer consumer;

    @BeforeEach
    void start() throws Exception {
        server = new RealRedis();
        redis = server.client();
        queue = new JobQueue(redis);
        consumer = new JobConsumer(redis, Workload.WAITING, "one");
        consumer.makeGroup().await().atMost(LIMIT);
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void reads_what_was_rung_and_forgets_it_once_acknowledged() {
        WaitingJob job = aJob();
        queue.ring(List.of(job)).await().atMost(LIMIT);

        List<Doorbell> read = consumer.read(10, 0, BLOCK).await().atMost(LIMIT);

        assertThat(read).extracting(Doorbell::jobId).containsExactly(job.id());
        consumer.acknowledge(read).await().atMost(LIMIT);
        assertThat(queue.length().await().atMost(LIMIT)).isZero();
    }

    @Test
    void reads_no_more_than_it_asked_for() {
        queue.ring(List.of(aJob(), aJob(), aJob())).await().atMost(LIMIT);

        assertThat(consumer.read(2, 0, BLOCK).await().atMost(LIMIT)).hasSize(2);
        assertThat(consumer.read(2, 0, BLOCK).await().atMost(LIMIT)).hasSize(1);
    }

    @Test
    void reads_what_is_more_urgent_first_and_otherwise_in_the_order_of_ringing() {
        WaitingJob low = aJob(JobPriority.LOW);
        WaitingJob first = aJob(JobPriority.NORMAL);
        WaitingJob second = aJob(JobPriority.NORMAL);
        WaitingJob high = aJob(JobPriority.HIGH);
        queue.ring(List.of(low, first, second, high)).await().atMost(LIMIT);

        List<Doorbell> read = consumer.read(3, 0, BLOCK).await().atMost(LIMIT);

        assertThat(read).extracting(Doorbell::jobId).containsExactly(high.id(), first.id(), second.id());
        assertThat(read)
                .extracting(Doorbell::priority)
                .containsExactly(JobPriority.HIGH, JobPriority.NORMAL, JobPriority.NORMAL);
        consumer.acknowledge(read).await().atMost(LIMIT);
        assertThat(queue.length().await().atMost(LIMIT)).isEqualTo(1);
        assertThat(consumer.read(3, 0, BLOCK).await().atMost(LIMIT))
                .extracting(Doorbell::jobId)
                .containsExactly(low.id());
    }

    @Test
    void reads_from_the_lowest_that_has_any_as_many_as_it_is_told() {
        WaitingJob lowest = aJob(JobPriority.NORMAL);
        WaitingJob next = aJob(JobPriority.NORMAL);
        WaitingJob high = aJob(JobPriority.HIGH);
        queue.ring(List.of(lowest, next, high)).await().atMost(LIMIT);

        assertThat(consumer.read(2, 1, BLOCK).await().atMost(LIMIT))
                .extracting(Doorbell::jobId)
                .containsExactly(lowest.id(), high.id());
        assertThat(consumer.read(1, 1, BLOCK).await().atMost(LIMIT))
                .extracting(Doorbell::jobId)
                .containsExactly(next.id());
    }

    @ParameterizedTest
    @EnumSource(JobPriority.class)
    void hears_every_priority_while_it_waits(JobPriority priority) {
        WaitingJob job = aJob(priority);
        CompletableFuture<List<Doorbell>> read = consumer.read(10, 0, LIMIT).subscribeAsCompletionStage();
        await().atMost(LIMIT).until(() -> redis.send(Request.cmd(Command.INFO).arg("clients"))
                .await()
                .atMost(LIMIT)
                .toString()
                .contains("blocked_clients:1"));

        queue.ring(List.of(job)).await().atMost(LIMIT);

        assertThat(read.orTimeout(20, TimeUnit.SECONDS).join())
                .extracting(Doorbell::jobId)
                .containsExactly(job.id());
    }

    @ParameterizedTest
    @EnumSource(JobPriority.class)
    void takes_over_what_a_dead_consumer_left_of_every_priority(JobPriority priority) {
        WaitingJob job = aJob(priority);
        queue.ring(List.of(job)).await().atMost(LIMIT);
        consumer.read(10, 0, BLOCK).await().atMost(LIMIT);
        JobConsumer survivor = new JobConsumer(redis, Workload.WAITING, "two");

        List<Doorbell> taken = survivor.takeOver(Duration.ZERO, 10).await().atMost(LIMIT);

        assertThat(taken).extracting(Doorbell::jobId).containsExactly(job.id());
        survivor.acknowledge(taken).await().atMost(LIMIT);
        assertThat(queue.length().await().atMost(LIMIT)).isZero();
    }

    @Test
    void is_not_given_what_asks_for_another_workload() {
        WaitingJob waiting = aJob(Workload.WAITING);
        queue.ring(List.of(aJob(Workload.COMPUTING), waiting)).await().atMost(LIMIT);

        List<Doorbell> read = consumer.read(10, 0, BLOCK).await().atMost(LIMIT);

        assertThat(read).extracting(Doorbell::jobId).containsExactly(waiting.id());
        assertThat(queue.length().await().atMost(LIMIT)).isEqualTo(2);
    }

    @Test
    void answers_nothing_after_an_empty_wait() {
        assertThat(consumer.read(10, 0, BLOCK).await().atMost(LIMIT)).isEmpty();
    }

    @Test
    void making_the_group_twice_does_no_harm() {
        consumer.makeGroup().await().atMost(LIMIT);

        assertThat(consumer.read(1, 0, BLOCK).await().atMost(LIMIT)).isEmpty();
    }

    @Test
    void says_so_when_redis_lost_the_group_and_works_again_once_it_is_made() {
        redis.send(Request.cmd(Command.FLUSHALL)).await().atMost(LIMIT);

        assertThatThrownBy(() -> consumer.read(1, 0, BLOCK).await().atMost(LIMIT))
                .hasMessageContaining("NOGROUP");

        consumer.makeGroup().await().atMost(LIMIT);
        queue.ring(List.of(aJob())).await().atMost(LIMIT);
        assertThat(consumer.read(1, 0, BLOCK).await().atMost(LIMIT)).hasSize(1);
    }

    @Test
    void rings_again_after_redis_was_restarted() throws Exception {
        queue.ring(List.of(aJob())).await().atMost(LIMIT);
        server.stop();
        assertThatThrownBy(() -> queue.ring(List.of(aJob())).await().atMost(LIMIT))
                .isNotNull();
        server.start();

        queue.ring(List.of(aJob()))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(50))
                .atMost(20)
                .await()
                .atMost(LIMIT);

        assertThat(queue.length().await().atMost(LIMIT)).isPositive();
    }

    private static WaitingJob aJob() {
        return aJob(Workload.WAITING);
    }

    private static WaitingJob aJob(Workload workload) {
        return aJob(workload, JobPriority.NORMAL);
    }

    private static WaitingJob aJob(JobPriority priority) {
        return aJob(Workload.WAITING, priority);
    }

    private static WaitingJob aJob(Workload workload, JobPriority priority) {
        return new WaitingJob(UUID.randomUUID(), JobKind.RENDER, workload, priority, null);
    }
}
