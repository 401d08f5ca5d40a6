package io.storyreel.common.queue;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.queue.ChannelSignal.Message;
import io.storyreel.common.queue.ChannelSignal.Resumed;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class DeadNetworkTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration DEADLINE = Duration.ofMillis(500);

    private RealRedis server;
    private FailingNetwork network;
    private Redis redis;
    private Redis direct;

    @BeforeEach
    void start() throws Exception {
        server = new RealRedis();
        network = new FailingNetwork(server.port());
        direct = server.client();
        redis = server.client(network.port());
    }

    @AfterEach
    void stop() throws Exception {
        network.close();
        server.close();
    }

    @Test
    void never_uses_a_connection_again_on_which_an_answer_was_late() {
        RedisLink link = new RedisLink(redis);
        assertThat(ping(link).await().atMost(LIMIT)).hasToString("PONG");
        network.losePackets();

        assertThatThrownBy(() -> ping(link).await().atMost(LIMIT)).isInstanceOf(TimeoutException.class);

        assertThat(ping(link).await().atMost(LIMIT)).hasToString("PONG");
    }

    @Test
    void gives_no_other_link_a_connection_on_which_an_answer_was_late() {
        RedisLink link = new RedisLink(redis);
        ping(link).await().atMost(LIMIT);
        network.losePackets();
        assertThatThrownBy(() -> ping(link).await().atMost(LIMIT)).isInstanceOf(TimeoutException.class);
        await().atMost(LIMIT).until(() -> connectedClients() == 1);

        assertThat(ping(new RedisLink(redis)).await().atMost(LIMIT)).hasToString("PONG");
    }

    @Test
    void a_watcher_is_told_when_its_connection_had_fallen_silent_and_hears_what_comes_then() {
        List<ChannelSignal> told = new CopyOnWriteArrayList<>();
        new ChannelSubscriptions(redis, Duration.ofMillis(100))
                .to("news")
                .subscribe()
                .with(told::add);
        await().atMost(LIMIT).until(() -> told.contains(new Resumed()));

        network.losePackets();

        await().atMost(LIMIT).until(() -> told.equals(List.of(new Resumed(), new Resumed())));
        direct.send(Request.cmd(Command.PUBLISH).arg("news").arg("{}")).await().atMost(LIMIT);
        await().atMost(LIMIT).until(() -> told.contains(new Message("{}")));
    }

    private static Uni<Response> ping(RedisLink link) {
        return link.send(Request.cmd(Command.PING), DEADLINE);
    }

    /** As the server counts them, the one that asks included. */
    private long connectedClients() {
        return direct.send(Request.cmd(Command.CLIENT).arg("LIST"))
                .await()
                .atMost(LIMIT)
                .toString()
                .lines()
                .count();
    }
}
