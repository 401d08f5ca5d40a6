package io.storyreel.common.queue;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.BackPressureStrategy;
import io.smallrye.mutiny.subscription.MultiEmitter;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArraySet;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * All subscriptions of this process over one connection, however many channels and listeners. (The Redis client takes
 * a pooled connection for each subscription and does not subscribe again when the server comes back.)
 */
final class ChannelSubscriptions {
    private static final Logger LOG = Logger.getLogger(ChannelSubscriptions.class);
    private static final Duration DEADLINE = Duration.ofSeconds(5);
    private static final Duration RECONNECT_PAUSE = Duration.ofMillis(500);

    private static final Duration ASK_EVERY = Duration.ofSeconds(15);

    private final RedisLink link;
    private final Duration askEvery;
    private final Map<String, Set<MultiEmitter<? super ChannelSignal>>> listeners = new ConcurrentHashMap<>();
    private final AtomicBoolean reconnecting = new AtomicBoolean();
    /** Tells the connection of now from those before it. */
    private final AtomicInteger connections = new AtomicInteger();

    ChannelSubscriptions(Redis redis) {
        this(redis, ASK_EVERY);
    }

    /** @param askEvery pause between two questions whether the connection still works, when nothing is heard on it */
    ChannelSubscriptions(Redis redis, Duration askEvery) {
        this.askEvery = askEvery;
        this.link = new RedisLink(redis, this::listen, this::broken);
    }

    Multi<ChannelSignal> to(String channel) {
        return Multi.createFrom().emitter(emitter -> add(channel, emitter), BackPressureStrategy.ERROR);
    }

    /** Synchronized with {@link #remove}: the commands must leave in the order in which the listeners changed. */
    private synchronized void add(String channel, MultiEmitter<? super ChannelSignal> listener) {
        boolean first = listeners
                        .compute(channel, (name, present) -> {
                            Set<MultiEmitter<? super ChannelSignal>> all =
                                    present == null ? new CopyOnWriteArraySet<>() : present;
                            all.add(listener);
                            return all;
                        })
                        .size()
                == 1;
        listener.onTermination(() -> remove(channel, listener));
        if (first) {
            command(Command.SUBSCRIBE, List.of(channel)).subscribe().with(sent -> {}, this::reconnectAfter);
        } else {
            // Somebody listens already; the acknowledgement of a repeated subscription would reach all of them.
            listener.emit(new ChannelSignal.Resumed());
        }
    }

    private synchronized void remove(String channel, MultiEmitter<? super ChannelSignal> listener) {
        Set<MultiEmitter<? super ChannelSignal>> left = listeners.computeIfPresent(channel, (name, present) -> {
            present.remove(listener);
            return present.isEmpty() ? null : present;
        });
        if (left == null) {
            command(Command.UNSUBSCRIBE, List.of(channel)).subscribe().with(sent -> {}, this::reconnectAfter);
        }
    }

    private void listen(RedisConnection connection) {
        connection.handler(this::receive);
        int mine = connections.incrementAndGet();
        Multi.createBy()
                .repeating()
                .uni(() -> ask(mine))
                .whilst(open -> open)
                .subscribe()
                .with(open -> {});
    }

    /** Who only listens cannot tell silence from a dead network path; a question that stays unanswered can. */
    private Uni<Boolean> ask(int connection) {
        return Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(askEvery)
                .chain(() -> connection == connections.get()
                        ? link.send(Request.cmd(Command.PING), DEADLINE)
                        : Uni.createFrom().nullItem())
                .onFailure()
                .recoverWithNull()
                .map(answer -> connection == connections.get());
    }

    private void broken() {
        connections.incrementAndGet();
        reconnect();
    }

    /** ["subscribe", channel, count] or ["message", channel, text]. */
    private void receive(Response push) {
        String kind = push.get(0).toString();
        if ("message".equals(kind)) {
            tell(push.get(1).toString(), new ChannelSignal.Message(push.get(2).toString()));
        } else if ("subscribe".equals(kind)) {
            tell(push.get(1).toString(), new ChannelSignal.Resumed());
        }
    }

    private void tell(String channel, ChannelSignal signal) {
        listeners.getOrDefault(channel, Set.of()).forEach(listener -> listener.emit(signal));
    }

    private void reconnectAfter(Throwable failure) {
        LOG.debugf("subscription command failed: reason=%s", failure.getMessage());
        reconnect();
    }

    private void reconnect() {
        if (listeners.isEmpty() || !reconnecting.compareAndSet(false, true)) {
            return;
        }
        LOG.info("progress subscription interrupted, subscribing again");
        Uni.createFrom()
                .voidItem()
                .onItem()
                .delayIt()
                .by(RECONNECT_PAUSE)
                .chain(this::subscribeAgain)
                .onFailure()
                .retry()
                .withBackOff(RECONNECT_PAUSE, Duration.ofSeconds(5))
                .indefinitely()
                .onTermination()
                .invoke(() -> reconnecting.set(false))
                .subscribe()
                .with(done -> LOG.info("progress subscription resumed"), this::reconnectAfter);
    }

    private Uni<Void> subscribeAgain() {
        List<String> channels = List.copyOf(listeners.keySet());
        return channels.isEmpty() ? Uni.createFrom().voidItem() : command(Command.SUBSCRIBE, channels);
    }

    private Uni<Void> command(Command command, List<String> channels) {
        Request request = Request.cmd(command);
        channels.forEach(request::arg);
        return link.send(request, DEADLINE).replaceWithVoid();
    }
}
