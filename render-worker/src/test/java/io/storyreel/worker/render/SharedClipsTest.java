package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.worker.provider.Clip;
import io.storyreel.worker.provider.ProviderOutageException;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicReference;

import static org.assertj.core.api.Assertions.assertThat;

class SharedClipsTest {
    private static final Clip SEA = new Clip("bought/sea");

    private final List<Integer> boughtFor = new ArrayList<>();
    private final AtomicReference<UniEmitter<? super Clip>> seller = new AtomicReference<>();
    private final AtomicBoolean stopped = new AtomicBoolean();
    private final ClipOrder first = order(1);
    private final ClipOrder second = order(2);
    private final SharedClips clips = new SharedClips(List.of(first, second), Map.of());

    @Test
    void buys_for_the_first_scene_whichever_asks_first() {
        CompletableFuture<Clip> early = ask(clips, second);
        CompletableFuture<Clip> late = ask(clips, first);

        seller.get().complete(SEA);

        assertThat(boughtFor).containsExactly(1);
        assertThat(early).isCompletedWithValue(SEA);
        assertThat(late).isCompletedWithValue(SEA);
    }

    @Test
    void hands_out_what_was_bought_by_then() {
        ask(clips, first);
        seller.get().complete(SEA);

        assertThat(ask(clips, second)).isCompletedWithValue(SEA);
        assertThat(boughtFor).hasSize(1);
    }

    @Test
    void an_outage_is_every_scenes_outage() {
        var outage = new ProviderOutageException("vendor answers 503", (Throwable) null);
        CompletableFuture<Clip> one = ask(clips, first);
        CompletableFuture<Clip> other = ask(clips, second);

        seller.get().fail(outage);

        assertThat(one).isCompletedExceptionally();
        assertThat(other.handle((clip, failure) -> failure)).isCompletedWithValue(outage);
        assertThat(boughtFor).hasSize(1);
    }

    @Test
    void buys_nothing_that_is_at_hand() {
        var atHand = new SharedClips(List.of(first, second), Map.of(first.digest(), SEA));

        assertThat(ask(atHand, second)).isCompletedWithValue(SEA);

        assertThat(boughtFor).isEmpty();
    }

    @Test
    void the_end_of_the_run_stops_the_purchase() {
        CompletableFuture<Clip> one = ask(clips, first);

        one.cancel(true);

        assertThat(stopped).isTrue();
    }

    private CompletableFuture<Clip> ask(SharedClips shared, ClipOrder order) {
        return shared.of(order, this::purchase).subscribeAsCompletionStage();
    }

    private Uni<Clip> purchase(ClipOrder order) {
        boughtFor.add(order.sceneIndex());
        return Uni.createFrom().<Clip>emitter(seller::set).onCancellation().invoke(() -> stopped.set(true));
    }

    private static ClipOrder order(int scene) {
        return new ClipOrder(scene, 0, 1, "a calm sea", 5, BigDecimal.ONE, "digest of the sea");
    }
}
