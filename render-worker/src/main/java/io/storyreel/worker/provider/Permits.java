package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Supplier;

/** Bounds how much goes on at the same time, without threads; who waits is served in turn. */
final class Permits {
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private int free;

    Permits(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("at least one must be permitted, not " + permits);
        }
        this.free = permits;
    }

    /** The work, begun when it is its turn. */
    <T> Uni<T> during(Supplier<Uni<T>> work) {
        return Uni.createFrom().deferred(() -> {
            var turn = new Turn();
            return Uni.createFrom()
                    .<Void>emitter(go -> await(turn, go))
                    .chain(work::get)
                    .onTermination()
                    .invoke(() -> ended(turn));
        });
    }

    private void await(Turn turn, UniEmitter<? super Void> go) {
        turn.go = go;
        synchronized (this) {
            if (turn.stage == Stage.OVER) {
                return;
            }
            if (free == 0) {
                waiting.add(turn);
                return;
            }
            free--;
            turn.stage = Stage.HELD;
        }
        go.complete(null);
    }

    /** However it ended: a turn that is given up in the moment it is granted passes its permit on, too. */
    private void ended(Turn turn) {
        Turn next = null;
        synchronized (this) {
            if (turn.stage == Stage.HELD) {
                next = waiting.poll();
                if (next == null) {
                    free++;
                } else {
                    next.stage = Stage.HELD;
                }
            } else {
                waiting.remove(turn);
            }
            turn.stage = Stage.OVER;
        }
        if (next != null) {
            next.go.complete(null);
        }
    }

    private enum Stage {
        WAITING,
        HELD,
        OVER
    }

    private static final class Turn {
        private Stage stage = Stage.WAITING;
        private UniEmitter<? super Void> go;
    }
}
