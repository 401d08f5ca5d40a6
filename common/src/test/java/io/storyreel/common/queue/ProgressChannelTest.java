package io.storyreel.common.queue;

import io.smallrye.mutiny.subscription.Cancellable;
import io.storyreel.common.job.JobEvent;
import io.storyreel.common.job.JobEvent.Type;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.queue.ChannelSignal.Message;
import io.storyreel.common.queue.ChannelSignal.Resumed;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class ProgressChannelTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private final UUID task = UUID.randomUUID();
    private RealRedis server;
    private ProgressChannel channel;

    @BeforeEach
    void start() throws Exception {
        server = new RealRedis();
        channel = new ProgressChannel(server.client());
    }

    @AfterEach
    void stop() throws Exception {
        server.close();
    }

    @Test
    void tells_a_watcher_everything_that_is_published_after_it_was_told_to_begin() {
        List<ChannelSignal> told = watch();

        publish(1);
        publish(2);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(messages(told)).hasSize(2));
        assertThat(told.get(0)).isInstanceOf(Resumed.class);
        assertThat(messages(told).get(0)).contains("\"seq\":1");
        assertThat(messages(told).get(1)).contains("\"seq\":2");
    }

    @Test
    void tells_every_watcher_of_a_task_and_goes_on_when_one_leaves() {
        List<ChannelSignal> staying = watch();
        List<ChannelSignal> leaving = new CopyOnWriteArrayList<>();
        Cancellable leave = channel.subscribe(RedisNames.task(task)).subscribe().with(leaving::add);
        await().atMost(LIMIT).until(() -> !leaving.isEmpty());

        leave.cancel();
        publish(1);

        await().atMost(LIMIT).untilAsserted(() -> assertThat(messages(staying)).hasSize(1));
        assertThat(messages(leaving)).isEmpty();
    }

    @Test
    void a_channel_that_everybody_left_can_be_watched_again() {
        for (int i = 0; i < 5; i++) {
            List<ChannelSignal> told = new CopyOnWriteArrayList<>();
            Cancellable watching =
                    channel.subscribe(RedisNames.task(task)).subscribe().with(told::add);
            await().atMost(LIMIT).until(() -> !told.isEmpty());
            publish(i + 1);
            await().atMost(LIMIT).untilAsserted(() -> assertThat(messages(told)).hasSize(1));
            watching.cancel();
        }
    }

    @Test
    void says_that_it_was_interrupted_when_redis_comes_back() throws Exception {
        List<ChannelSignal> told = watch();

        server.stop();
        server.start();

        await().atMost(LIMIT)
                .until(() -> told.stream().filter(Resumed.class::isInstance).count() >= 2);
        channel.publish(event(7))
                .onFailure()
                .retry()
                .withBackOff(Duration.ofMillis(50))
                .atMost(20)
                .await()
                .atMost(LIMIT);
        await().atMost(LIMIT).untilAsserted(() -> assertThat(messages(told)).hasSize(1));
    }

    private List<ChannelSignal> watch() {
        List<ChannelSignal> told = new CopyOnWriteArrayList<>();
        channel.subscribe(RedisNames.task(task)).subscribe().with(told::add);
        await().atMost(LIMIT).until(() -> !told.isEmpty());
        return told;
    }

    private void publish(int seq) {
        channel.publish(event(seq)).await().atMost(LIMIT);
    }

    private static List<String> messages(List<ChannelSignal> told) {
        return told.stream()
                .filter(Message.class::isInstance)
                .map(signal -> ((Message) signal).json())
                .toList();
    }

    private JobEvent event(int seq) {
        return new JobEvent(
                task,
                UUID.randomUUID(),
                UUID.randomUUID(),
                seq,
                Instant.EPOCH,
                Type.PROGRESS,
                JobStatus.PROCESSING,
                10,
                "prepare",
                null,
                0,
                1,
                "Fetching",
                null,
                null,
                null,
                null,
                null);
    }
}
