package io.storyreel.common.batch;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Function;
import java.util.function.Predicate;

/**
 * Joins calls that arrive while an earlier one is under way into one. An idle system sends every call at once and
 * alone; under load the calls of a few milliseconds share one statement and one durable commit, as Postgres itself
 * does with {@code commit_delay}. No timer, no added latency.
 *
 * <p>Safe for use from any thread. Results arrive on the thread that ended the joint call.
 *
 * @param <I> what is asked
 * @param <O> what is answered
 */
public final class MicroBatch<I, O> {
    /** A server that vanished without a word would otherwise hold its lane for ever. */
    private static final Duration DEADLINE = Duration.ofSeconds(20);

    private final String name;
    private final int lanes;
    private final int largest;
    private final int mostPending;
    private final Function<List<I>, Uni<List<O>>> call;
    private final Predicate<Throwable> blamesOneItem;
    private final ConcurrentLinkedQueue<Waiting<I, O>> queue = new ConcurrentLinkedQueue<>();
    private final AtomicInteger pending = new AtomicInteger();
    private final AtomicInteger busyLanes = new AtomicInteger();

    private record Waiting<I, O>(I item, UniEmitter<? super O> emitter) {}

    /**
     * @param lanes how many joint calls may be under way at once
     * @param largest most items of one joint call
     * @param mostPending most items that wait; beyond, {@link #submit} fails with {@link OverloadedException}
     * @param call answers every item, in the order of the items
     * @param blamesOneItem failures that one bad item may have caused: the items are then tried one by one, so that
     *     nobody fails for another's mistake
     */
    public MicroBatch(
            String name,
            int lanes,
            int largest,
            int mostPending,
            Predicate<Throwable> blamesOneItem,
            Function<List<I>, Uni<List<O>>> call) {
        if (lanes < 1 || largest < 1 || mostPending < largest) {
            throw new IllegalArgumentException("lanes and largest must be positive, mostPending at least largest");
        }
        this.name = name;
        this.lanes = lanes;
        this.largest = largest;
        this.mostPending = mostPending;
        this.blamesOneItem = blamesOneItem;
        this.call = call;
    }

    public Uni<O> submit(I item) {
        return Uni.createFrom().emitter(emitter -> enqueue(item, emitter));
    }

    private void enqueue(I item, UniEmitter<? super O> emitter) {
        if (pending.incrementAndGet() > mostPending) {
            pending.decrementAndGet();
            emitter.fail(new OverloadedException(name, mostPending));
            return;
        }
        queue.add(new Waiting<>(item, emitter));
        startLanes();
    }

    private void startLanes() {
        while (!queue.isEmpty()) {
            int busy = busyLanes.get();
            if (busy >= lanes) {
                return;
            }
            if (busyLanes.compareAndSet(busy, busy + 1)) {
                runLane();
            }
        }
    }

    private void runLane() {
        List<Waiting<I, O>> batch = new ArrayList<>();
        Waiting<I, O> next;
        while (batch.size() < largest && (next = queue.poll()) != null) {
            batch.add(next);
        }
        if (batch.isEmpty()) {
            busyLanes.decrementAndGet();
            return;
        }
        pending.addAndGet(-batch.size());
        invoke(batch).subscribe().with(answers -> finish(batch, answers), failure -> refuse(batch, failure));
    }

    private Uni<List<O>> invoke(List<Waiting<I, O>> batch) {
        List<I> items = batch.stream().map(Waiting::item).toList();
        return Uni.createFrom()
                .deferred(() -> call.apply(items))
                .ifNoItem()
                .after(DEADLINE)
                .fail()
                .invoke(answers -> {
                    if (answers.size() != items.size()) {
                        throw new IllegalStateException(
                                name + ": " + items.size() + " items, " + answers.size() + " answers");
                    }
                });
    }

    private void finish(List<Waiting<I, O>> batch, List<O> answers) {
        freeLane();
        for (int i = 0; i < batch.size(); i++) {
            batch.get(i).emitter().complete(answers.get(i));
        }
    }

    private void refuse(List<Waiting<I, O>> batch, Throwable failure) {
        freeLane();
        if (batch.size() > 1 && blamesOneItem.test(failure)) {
            batch.forEach(one -> invoke(List.of(one))
                    .subscribe()
                    .with(answers -> one.emitter().complete(answers.get(0)), one.emitter()::fail));
        } else {
            batch.forEach(one -> one.emitter().fail(failure));
        }
    }

    /** The next batch leaves before this one's callers are told, so that the database never waits for them. */
    private void freeLane() {
        busyLanes.decrementAndGet();
        startLanes();
    }
}
