package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.provider.Capabilities;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Failed;
import io.storyreel.worker.provider.TaskProgress.Running;
import io.storyreel.worker.provider.TaskProgress.Succeeded;
import io.storyreel.worker.provider.TaskProgress.Verdict;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Predicate;
import java.util.function.Supplier;

/** Sells clips of two seconds, all alike; at once and without trouble, unless a test says otherwise. */
final class ClipMaker implements ClipProvider {
    static final int SECONDS = 2;
    static final BigDecimal PRICE = new BigDecimal("0.10");

    /** What was accepted, and so is charged. */
    final List<ClipRequest> bought = new CopyOnWriteArrayList<>();

    final List<String> canceled = new CopyOnWriteArrayList<>();
    volatile ProviderOffer offer;
    volatile Duration patience = Duration.ofMinutes(1);

    /** What it answers to an order instead of accepting it; null to accept. */
    volatile RuntimeException turnsAway;

    /** Which orders that is answered to. */
    volatile Predicate<ClipRequest> turnedAway = wanted -> true;

    /** Where accepted tasks stand; null for done. */
    volatile TaskProgress<RemoteFile> standing;

    /** Tells each time anew where a task stands; null for {@link #standing}. */
    volatile Supplier<TaskProgress<RemoteFile>> each;

    /** What it answers when it is asked where a task stands; null to tell. */
    volatile RuntimeException tellsNothing;

    /** Whether it keeps to itself that it has accepted a task. */
    volatile boolean silent;

    /** Whether nothing reaches it, nor comes back. */
    volatile boolean deaf;

    /** Whether it can tell which task it has accepted under a key. */
    volatile boolean findable;

    private final String name;
    private final String url;
    private final Map<String, String> names = new ConcurrentHashMap<>();

    /** @param url where its clips lie */
    ClipMaker(String name, String url) {
        this.name = name;
        this.url = url;
        this.offer = ProviderOffer.clips(name, "model-1", Map.of(SECONDS, PRICE), Set.of(), null);
    }

    static TaskProgress<RemoteFile> running(Duration again) {
        return new Running<>("RUNNING", 40, again);
    }

    static TaskProgress<RemoteFile> failed(Verdict verdict) {
        return new Failed<>("FAILED", "content_refused", "the picture was refused", verdict, BigDecimal.ZERO);
    }

    @Override
    public String name() {
        return name;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.TASKS;
    }

    @Override
    public ProviderOffer offer() {
        return offer;
    }

    @Override
    public BigDecimal estimate(ClipRequest wanted) {
        return PRICE;
    }

    @Override
    public Uni<Submitted> submit(ClipRequest wanted, String key) {
        if (turnsAway != null && turnedAway.test(wanted)) {
            return Uni.createFrom().failure(turnsAway);
        }
        if (deaf) {
            return Uni.createFrom().nothing();
        }
        bought.add(wanted);
        names.put(key, name + "-" + bought.size());
        return silent ? Uni.createFrom().nothing() : Uni.createFrom().item(Submitted.as(names.get(key)));
    }

    @Override
    public Uni<Submitted> find(ClipRequest wanted, ProviderTask lost) {
        String found = findable ? names.get(lost.key()) : null;
        return Uni.createFrom().item(found == null ? null : Submitted.as(found));
    }

    @Override
    public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
        if (tellsNothing != null) {
            return Uni.createFrom().failure(tellsNothing);
        }
        return Uni.createFrom().item(each != null ? each.get() : standing == null ? made() : standing);
    }

    @Override
    public Uni<TaskProgress<RemoteFile>> cancel(ProviderTask task) {
        canceled.add(task.providerTaskId());
        return Uni.createFrom().item(new Failed<>("CANCELLED", "canceled", "canceled", Verdict.CANCELED, PRICE));
    }

    @Override
    public Duration patience(ClipRequest wanted) {
        return patience;
    }

    TaskProgress<RemoteFile> made() {
        return new Succeeded<>("SUCCEEDED", RemoteFile.at(url), PRICE);
    }
}
