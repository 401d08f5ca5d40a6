package io.storyreel.common.queue;

import io.smallrye.mutiny.TimeoutException;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.redis.client.Command;
import io.vertx.mutiny.redis.client.Redis;
import io.vertx.mutiny.redis.client.RedisConnection;
import io.vertx.mutiny.redis.client.Request;
import io.vertx.mutiny.redis.client.Response;

import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/**
 * One connection of one's own, opened at first use and again after it broke. Commands leave in the order they are
 * given, which a pool would not promise: two messages on a channel must not overtake each other. A connection on which
 * an answer is late is given up: on a dead network path TCP alone would take a quarter of an hour to say so.
 */
final class RedisLink {
    private static final Duration CONNECT_WITHIN = Duration.ofSeconds(5);
    private static final Duration DISCARD_WITHIN = Duration.ofSeconds(1);

    private final Redis redis;
    private final Consumer<RedisConnection> prepare;
    private final Runnable onBroken;
    private Uni<RedisConnection> current;
    private RedisConnection active;

    RedisLink(Redis redis) {
        this(redis, connection -> {}, () -> {});
    }

    /**
     * @param prepare sets up every new connection before its first command
     * @param onBroken told once for every connection that breaks
     */
    RedisLink(Redis redis, Consumer<RedisConnection> prepare, Runnable onBroken) {
        this.redis = redis;
        this.prepare = prepare;
        this.onBroken = onBroken;
    }

    Uni<Response> send(Request request, Duration deadline) {
        return connection().chain(open -> open.send(request)
                .ifNoItem()
                .after(deadline)
                .fail()
                .onFailure(RedisLink::isBroken)
                .invoke(() -> drop(open)));
    }

    /** All requests in one write; fails if one of them does. */
    Uni<List<Response>> sendAll(List<Request> requests, Duration deadline) {
        return connection().chain(open -> open.batch(requests)
                .ifNoItem()
                .after(deadline)
                .fail()
                .onFailure(RedisLink::isBroken)
                .invoke(() -> drop(open)));
    }

    private synchronized Uni<RedisConnection> connection() {
        if (current == null) {
            Uni<RedisConnection> opening = redis.connect().memoize().indefinitely();
            current = opening.ifNoItem()
                    .after(CONNECT_WITHIN)
                    .fail()
                    .onFailure(TimeoutException.class)
                    .invoke(() -> closeWhenOpen(opening))
                    .invoke(this::watch)
                    .onFailure()
                    .invoke(this::forget)
                    .memoize()
                    .indefinitely();
        }
        return current;
    }

    /** A connection that opens after nobody waits for it any more must not stay taken from the pool. */
    private static void closeWhenOpen(Uni<RedisConnection> opening) {
        opening.subscribe().with(RedisLink::discard, neverOpened -> {});
    }

    private void watch(RedisConnection open) {
        synchronized (this) {
            active = open;
        }
        open.exceptionHandler(failure -> drop(open));
        open.endHandler(() -> drop(open));
        prepare.accept(open);
    }

    private synchronized void forget() {
        current = null;
    }

    /** A connection whose answers are late or lost is never used again: answers could be taken for another's. */
    private void drop(RedisConnection broken) {
        synchronized (this) {
            if (active != broken) {
                return; // told already, and another may be open by now
            }
            active = null;
            current = null;
        }
        discard(broken);
        onBroken.run();
    }

    /**
     * Closing gives a connection back to the client's pool, which would lend it again although nobody answers at its
     * other end. One that has changed its subscriptions the pool closes for good.
     */
    private static void discard(RedisConnection connection) {
        connection
                .send(Request.cmd(Command.UNSUBSCRIBE))
                .ifNoItem()
                .after(DISCARD_WITHIN)
                .fail()
                .onFailure()
                .recoverWithNull()
                .chain(connection::close)
                .subscribe()
                .with(closed -> {}, alreadyGone -> {});
    }

    /** An error that Redis itself answered leaves the connection usable. */
    private static boolean isBroken(Throwable failure) {
        return !(failure instanceof io.vertx.redis.client.impl.types.ErrorType);
    }
}
