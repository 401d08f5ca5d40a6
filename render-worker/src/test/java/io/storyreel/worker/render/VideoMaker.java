package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.provider.Capabilities;
import io.storyreel.worker.provider.MadeVideo;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.Submitted;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Failed;
import io.storyreel.worker.provider.TaskProgress.Succeeded;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.VideoProvider;
import io.storyreel.worker.provider.VideoRequest;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** Makes whole videos elsewhere, one for each key; at once and without trouble, unless a test says otherwise. */
final class VideoMaker implements VideoProvider {
    static final String NAME = "theirs";
    static final BigDecimal PRICE = new BigDecimal("1.50");

    /** What was asked for, as often as it was. */
    final List<Asked> asked = new CopyOnWriteArrayList<>();

    volatile ProviderOffer offer = new ProviderOffer(NAME, ProviderOffer.Kind.VIDEO, null, null, PRICE, null, null);
    volatile Duration patience = Duration.ofMinutes(1);

    /** Where its videos lie. */
    volatile String url;

    /** What it answers to an order instead of accepting it; null to accept. */
    volatile RuntimeException turnsAway;

    /** Whether it keeps to itself that it has accepted a task. */
    volatile boolean silent;

    /** Where accepted tasks stand; null for done. */
    volatile TaskProgress<MadeVideo> standing;

    /** An order and its key. */
    record Asked(String key, VideoRequest wanted) {}

    VideoMaker(String url) {
        this.url = url;
    }

    /** The keys of what it has made, or was about to make: each is charged. */
    List<String> keys() {
        return asked.stream().map(Asked::key).distinct().toList();
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.TASKS_BY_KEY;
    }

    @Override
    public ProviderOffer offer() {
        return offer;
    }

    @Override
    public BigDecimal estimate(VideoRequest wanted) {
        return PRICE;
    }

    @Override
    public Uni<Submitted> submit(VideoRequest wanted, String key) {
        if (turnsAway != null) {
            return Uni.createFrom().failure(turnsAway);
        }
        asked.add(new Asked(key, wanted));
        return silent ? Uni.createFrom().nothing() : Uni.createFrom().item(Submitted.as("task-of-" + key));
    }

    @Override
    public Uni<TaskProgress<MadeVideo>> poll(ProviderTask task, int told) {
        return Uni.createFrom().item(standing == null ? new Succeeded<>("done", RemoteFile.at(url), PRICE) : standing);
    }

    @Override
    public Uni<TaskProgress<MadeVideo>> cancel(ProviderTask task) {
        return Uni.createFrom().item(new Failed<>("canceled", "canceled", "canceled", Verdict.CANCELED, PRICE));
    }

    @Override
    public Duration patience(VideoRequest wanted) {
        return patience;
    }
}
