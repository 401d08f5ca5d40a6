package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.function.Supplier;

/** Bounds how much goes on at the same time, without threads; who waits is served in turn. */
public final class Permits {
    private final Deque<Turn> waiting = new ArrayDeque<>();
    private int permitted;
    /** Below zero while more is going on than is permitted by now. */
    private int free;

    public Permits(int permits) {
        this.permitted = checked(permits);
        this.free = permits;
    }

    /** From now on so many are permitted. What is going on is not stopped. */
    public void permit(int permits) {
        List<Turn> next = new ArrayList<>();
        synchronized (this) {
            free += checked(permits) - permitted;
            permitted = permits;
            while (free > 0 && !waiting.isEmpty()) {
                free--;
                next.add(held(waiting.poll()));
            }
        }
        next.forEach(turn -> turn.go.complete(null));
    }

    private static int checked(int permits) {
        if (permits < 1) {
            throw new IllegalArgumentException("at least one must be permitted, not " + permits);
        }
        return permits;
    }

    private static Turn held(Turn turn) {
        turn.stage = Stage.HELD;
        return turn;
    }

    /** The work, begun when it is its turn. */
    public <T> Uni<T> during(Supplier<Uni<T>> work) {
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
            if (free <= 0) {
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
                if (free < 0 || waiting.isEmpty()) {
                    free++;
                } else {
                    next = held(waiting.poll());
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
