package io.storyreel.local.simulator.task;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.PriorityQueue;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CompletionException;
import java.util.function.Supplier;

/**
 * The tasks of one vendor: who waits, who runs. Thousands of them cost no thread: whoever looks moves them on to the
 * present.
 */
public final class TaskLine {

    private static final int MOST_FINISHED = 20_000;

    private final InstantSource clock;
    private final Supplier<Pace> pace;
    private final SplittableRandom random = new SplittableRandom(1);
    private final Map<String, Task> tasks = new HashMap<>();
    private final TreeMap<Long, Task> waiting = new TreeMap<>();
    private final PriorityQueue<Task> running = new PriorityQueue<>(Comparator.comparing(Task::endsAt));
    private Instant lastFreed = Instant.MIN;
    private long numbers;

    public TaskLine(InstantSource clock, Supplier<Pace> pace) {
        this.clock = clock;
        this.pace = pace;
    }

    public synchronized void enter(Task task) {
        var now = clock.instant();
        task.enter(
                numbers++,
                now,
                pace.get().queue().choose(random),
                pace.get().run().choose(random));
        tasks.put(task.id(), task);
        waiting.put(task.number(), task);
        advance(now);
    }

    public synchronized Optional<Task> find(String id) {
        return Optional.ofNullable(tasks.get(id));
    }

    public synchronized List<Task> all() {
        var list = new ArrayList<>(tasks.values());
        list.sort(Comparator.comparingLong(Task::number).reversed());
        return list;
    }

    /** Has the media made when the task is due. */
    public synchronized TaskState state(Task task) {
        return state(task, true);
    }

    /** Leaves the making of media to those who ask for the task by its vendor's protocol. */
    public synchronized TaskState peek(Task task) {
        return state(task, false);
    }

    private TaskState state(Task task, boolean make) {
        var now = clock.instant();
        advance(now);
        if (task.isCanceled()) {
            return settled(task, Phase.CANCELED, task.endedAt(), List.of(), null);
        }
        if (task.startedAt() == null) {
            var phase = now.isBefore(task.eligibleAt()) ? Phase.QUEUED : Phase.THROTTLED;
            return TaskState.waiting(phase, waiting.headMap(task.number()).size());
        }
        if (now.isBefore(task.endsAt())) {
            return running(task, now);
        }
        if (task.outcome() instanceof Outcome.Failure failure) {
            return settled(task, Phase.FAILED, task.endsAt(), List.of(), failure);
        }
        return make || task.isMaking() ? made(task, now) : running(task, now);
    }

    private TaskState made(Task task, Instant now) {
        var products = task.products();
        if (products.isCompletedExceptionally()) {
            var reason = products.handle((made, failure) -> failure).join();
            var cause = reason instanceof CompletionException && reason.getCause() != null ? reason.getCause() : reason;
            return settled(
                    task,
                    Phase.FAILED,
                    now,
                    List.of(),
                    new Outcome.Failure(code(cause), String.valueOf(cause.getMessage()), false));
        }
        return products.isDone() ? settled(task, Phase.SUCCEEDED, now, products.join(), null) : running(task, now);
    }

    private static String code(Throwable cause) {
        return cause instanceof WorkFailed failed ? failed.code() : Outcome.Failure.ASSET;
    }

    private static TaskState running(Task task, Instant now) {
        return new TaskState(Phase.RUNNING, task.progressAt(now), 0, task.startedAt(), null, List.of(), null);
    }

    private static TaskState settled(
            Task task, Phase phase, Instant at, List<Product> products, Outcome.Failure failure) {
        task.end(at);
        task.bill().settle(charge(task, phase), phase);
        return new TaskState(
                phase, phase == Phase.SUCCEEDED ? 1 : 0, 0, task.startedAt(), task.endedAt(), products, failure);
    }

    private static BigDecimal charge(Task task, Phase phase) {
        var keepsMoney = task.outcome() instanceof Outcome.Failure failure && failure.charged();
        return phase == Phase.SUCCEEDED || phase == Phase.FAILED && keepsMoney
                ? task.bill().price()
                : BigDecimal.ZERO;
    }

    /** Harmless when it is final. */
    public synchronized void cancel(Task task) {
        if (!state(task).phase().isFinal()) {
            var now = clock.instant();
            waiting.remove(task.number());
            if (running.remove(task)) {
                lastFreed = now;
            }
            task.cancel(now);
            state(task);
        }
    }

    /** As if it had never been; its bill stays. */
    public synchronized void forget(Task task) {
        cancel(task);
        tasks.remove(task.id());
    }

    /** A token that {@link #opens} the result's address until it expires. */
    public synchronized String addressToken(Task task) {
        return task.addressGeneration() + "-"
                + clock.instant().plus(pace.get().outputLife()).toEpochMilli();
    }

    public synchronized boolean opens(Task task, String token) {
        var dash = token.indexOf('-');
        return token.matches("\\d{1,9}-\\d{1,18}")
                && Integer.parseInt(token.substring(0, dash)) == task.addressGeneration()
                && clock.millis() < Long.parseLong(token.substring(dash + 1));
    }

    /** Addresses given out so far stop working. */
    public synchronized void expireAddresses(Task task) {
        task.expireAddresses();
    }

    /** Brings every bill up to date, also of tasks nobody asks for any more; media that nobody wants is not made. */
    public synchronized void settle() {
        var now = clock.instant();
        advance(now);
        for (var task : tasks.values()) {
            var due = task.startedAt() != null && !now.isBefore(task.endsAt());
            if (due && task.bill().state().equals("open")) {
                var failed = task.outcome() instanceof Outcome.Failure;
                var phase = failed ? Phase.FAILED : Phase.SUCCEEDED;
                task.bill().settle(charge(task, phase), phase);
            }
        }
    }

    /** Forgets tasks that were due longer ago than that, and the oldest of too many. */
    public synchronized void age(Duration keep) {
        settle();
        var now = clock.instant();
        var finished = all().stream()
                .filter(task -> task.isCanceled() || task.startedAt() != null && !now.isBefore(task.endsAt()))
                .toList();
        for (var i = 0; i < finished.size(); i++) {
            var task = finished.get(i);
            var since = task.isCanceled() ? task.endedAt() : task.endsAt();
            if (i >= MOST_FINISHED || since.plus(keep).isBefore(now)) {
                tasks.remove(task.id());
            }
        }
    }

    public synchronized void clear() {
        tasks.clear();
        waiting.clear();
        running.clear();
    }

    /** Lets tasks begin and end in the order in which they would have, up to now. */
    private void advance(Instant now) {
        while (true) {
            while (!running.isEmpty() && running.size() >= pace.get().concurrency() && ended(running.peek(), now)) {
                lastFreed = running.poll().endsAt();
            }
            var head = waiting.isEmpty() ? null : waiting.firstEntry().getValue();
            if (head == null || running.size() >= pace.get().concurrency()) {
                break;
            }
            var start = head.eligibleAt().isBefore(lastFreed) ? lastFreed : head.eligibleAt();
            if (start.isAfter(now)) {
                break;
            }
            waiting.remove(head.number());
            head.begin(start);
            if (!(head.outcome() instanceof Outcome.Stuck)) { // a stuck task must not stop the whole vendor
                running.add(head);
            }
        }
        while (!running.isEmpty() && ended(running.peek(), now)) {
            running.poll();
        }
    }

    private static boolean ended(Task task, Instant now) {
        return !task.endsAt().isAfter(now);
    }
}
