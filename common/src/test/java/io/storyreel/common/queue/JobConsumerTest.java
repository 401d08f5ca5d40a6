package io.storyreel.common.queue;

import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.WaitingJob;
import io.storyreel.common.job.Workload;
import io.storyreel.common.queue.JobConsumer.Doorbell;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

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

        List<Doorbell> read = consumer.read(10, BLOCK).await().atMost(LIMIT);

        assertThat(read).extracting(Doorbell::jobId).containsExactly(job.id());
        consumer.acknowledge(read).await().atMost(LIMIT);
        assertThat(queue.length().await().atMost(LIMIT)).isZero();
    }

    @Test
    void reads_no_more_than_it_asked_for() {
        queue.ring(List.of(aJob(), aJob(), aJob())).await().atMost(LIMIT);

        assertThat(consumer.read(2, BLOCK).await().atMost(LIMIT)).hasSize(2);
        assertThat(consumer.read(2, BLOCK).await().atMost(LIMIT)).hasSize(1);
    }

    @Test
    void is_not_given_what_asks_for_another_workload() {
        WaitingJob waiting = aJob(Workload.WAITING);
        queue.ring(List.of(aJob(Workload.COMPUTING), waiting)).await().atMost(LIMIT);

        List<Doorbell> read = consumer.read(10, BLOCK).await().atMost(LIMIT);

        assertThat(read).extracting(Doorbell::jobId).containsExactly(waiting.id());
        assertThat(queue.length().await().atMost(LIMIT)).isEqualTo(2);
    }

    @Test
    void answers_nothing_after_an_empty_wait() {
        assertThat(consumer.read(10, BLOCK).await().atMost(LIMIT)).isEmpty();
    }

    @Test
    void takes_over_what_a_dead_consumer_left() {
        WaitingJob job = aJob();
        queue.ring(List.of(job)).await().atMost(LIMIT);
        consumer.read(10, BLOCK).await().atMost(LIMIT);
        JobConsumer survivor = new JobConsumer(redis, Workload.WAITING, "two");

        List<Doorbell> taken = survivor.takeOver(Duration.ZERO, 10).await().atMost(LIMIT);

        assertThat(taken).extracting(Doorbell::jobId).containsExactly(job.id());
    }

    @Test
    void making_the_group_twice_does_no_harm() {
        consumer.makeGroup().await().atMost(LIMIT);

        assertThat(consumer.read(1, BLOCK).await().atMost(LIMIT)).isEmpty();
    }

    @Test
    void says_so_when_redis_lost_the_group_and_works_again_once_it_is_made() {
        redis.send(Request.cmd(Command.FLUSHALL)).await().atMost(LIMIT);

        assertThatThrownBy(() -> consumer.read(1, BLOCK).await().atMost(LIMIT)).hasMessageContaining("NOGROUP");

        consumer.makeGroup().await().atMost(LIMIT);
        queue.ring(List.of(aJob())).await().atMost(LIMIT);
        assertThat(consumer.read(1, BLOCK).await().atMost(LIMIT)).hasSize(1);
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
        return new WaitingJob(UUID.randomUUID(), JobKind.RENDER, workload, null);
    }
}
