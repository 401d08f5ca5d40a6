package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.worker.provider.TaskProgress.Verdict;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.CopyOnWriteArrayList;

/** A maker of clips that accepts everything and has it made at once, for tests to change what they are about. */
class TestVendor implements ClipProvider {
    static final BigDecimal PRICE = new BigDecimal("0.100000");

    final List<String> submitted = new CopyOnWriteArrayList<>();

    static ClipRequest wanted(UUID job) {
        return new ClipRequest(job, "a slow pan", "data:image/jpeg;base64,AAAA", AspectRatio.LANDSCAPE, 5, 720);
    }

    /** An order that keeps everything under {@code clips/1}. */
    Order<ClipRequest, RemoteFile, Clip> order(Purchase purchase) {
        return new Order<>(
                this,
                purchase,
                () -> Uni.createFrom().item(wanted(purchase.lease().jobId())),
                Clip.class,
                (made, renew) -> Uni.createFrom().item(new Clip("clips/1")),
                patience(null));
    }

    @Override
    public String name() {
        return "vendor";
    }

    @Override
    public Capabilities capabilities() {
        return Capabilities.TASKS;
    }

    @Override
    public ProviderOffer offer() {
        return ProviderOffer.clips("vendor", "model-1", Map.of(5, PRICE), Set.of(), null);
    }

    @Override
    public BigDecimal estimate(ClipRequest wanted) {
        return PRICE;
    }

    @Override
    public Uni<Submitted> submit(ClipRequest wanted, String key) {
        submitted.add(key);
        return Uni.createFrom().item(Submitted.as("theirs-" + submitted.size()));
    }

    @Override
    public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
        return Uni.createFrom().item(new TaskProgress.Succeeded<>("SUCCEEDED", RemoteFile.at("https://v/1"), PRICE));
    }

    @Override
    public Uni<TaskProgress<RemoteFile>> cancel(ProviderTask task) {
        return Uni.createFrom().item(stopped());
    }

    static TaskProgress<RemoteFile> stopped() {
        return new TaskProgress.Failed<>("CANCELLED", "canceled", "canceled", Verdict.CANCELED, BigDecimal.ZERO);
    }
}
