package io.storyreel.worker.media;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * A fair semaphore that parks callbacks instead of threads, so that thousands may wait for a core. Tickets are served
 * in the order of their {@link Ticket#enter}; leaving works in every state and more than once.
 */
final class CpuGate {

    private final Set<Ticket> waiting = new LinkedHashSet<>();
    private final List<Watch> watches = new ArrayList<>();
    private final int places;
    private int free;

    private record Watch(int most, Runnable shorter) {}

    CpuGate(int places) {
        if (places < 1) {
            throw new IllegalArgumentException("a gate needs at least one place, not " + places);
        }
        this.places = places;
        this.free = places;
    }

    Ticket ticket(Runnable admitted) {
        return new Ticket(admitted);
    }

    int places() {
        return places;
    }

    synchronized int waiting() {
        return waiting.size();
    }

    /** Calls {@code shorter}, once, now or when less than {@code most} waits, on the thread that leaves. */
    void whenShorterThan(int most, Runnable shorter) {
        synchronized (this) {
            watches.add(new Watch(most, shorter));
        }
        tellWatches();
    }

    private void tellWatches() {
        List<Watch> told;
        synchronized (this) {
            told = watches.stream()
                    .filter(watch -> waiting.size() < watch.most())
                    .toList();
            watches.removeAll(told);
        }
        told.forEach(watch -> watch.shorter().run());
    }

    final class Ticket {

        private final Runnable admitted;
        private boolean inside;
        private boolean left;

        private Ticket(Runnable admitted) {
            this.admitted = admitted;
        }

        /** Calls {@code admitted} now or when a place is free, on the thread that frees it: it must not block. */
        void enter() {
            synchronized (CpuGate.this) {
                if (left) {
                    return;
                }
                if (free == 0) {
                    waiting.add(this);
                    return;
                }
                free--;
                inside = true;
            }
            admitted.run();
        }

        void leave() {
            makeRoom();
            tellWatches();
        }

        private void makeRoom() {
            Ticket next = null;
            synchronized (CpuGate.this) {
                if (left) {
                    return;
                }
                left = true;
                waiting.remove(this);
                if (!inside) {
                    return;
                }
                var queue = waiting.iterator();
                if (queue.hasNext()) {
                    next = queue.next();
                    queue.remove();
                    next.inside = true;
                } else {
                    free++;
                }
            }
            if (next != null) {
                next.admitted.run();
            }
        }
    }
}
