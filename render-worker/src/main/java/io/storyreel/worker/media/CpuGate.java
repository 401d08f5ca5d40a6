package io.storyreel.worker.media;

import java.util.LinkedHashSet;
import java.util.Set;

/**
 * A fair semaphore that parks callbacks instead of threads, so that thousands may wait for a core. Tickets are served
 * in the order of their {@link Ticket#enter}; leaving works in every state and more than once.
 */
final class CpuGate {

    private final Set<Ticket> waiting = new LinkedHashSet<>();
    private int free;

    CpuGate(int places) {
        if (places < 1) {
            throw new IllegalArgumentException("a gate needs at least one place, not " + places);
        }
        this.free = places;
    }

    Ticket ticket(Runnable admitted) {
        return new Ticket(admitted);
    }

    synchronized int waiting() {
        return waiting.size();
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
