package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.worker.provider.Clip;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Function;

/**
 * The clips of one run: each is bought once, however many scenes show it. It is bought for the first of them, whichever
 * asks first, so that after a crash the ledger is asked under the same name.
 */
final class SharedClips {
    private final Map<String, Clip> made;
    private final Map<String, ClipOrder> firstOrders = new HashMap<>();
    private final Map<String, CompletableFuture<Clip>> purchases = new ConcurrentHashMap<>();

    /**
     * @param orders of all scenes, in their order
     * @param made what need not be bought, by digest
     */
    SharedClips(List<ClipOrder> orders, Map<String, Clip> made) {
        this.made = made;
        orders.forEach(order -> firstOrders.putIfAbsent(order.digest(), order));
    }

    /** The clip; {@code purchase} is told for whom to buy it if nobody has asked for it yet. */
    Uni<Clip> of(ClipOrder order, Function<ClipOrder, Uni<Clip>> purchase) {
        Clip known = made.get(order.digest());
        if (known != null) {
            return Uni.createFrom().item(known);
        }
        // Not a memoized Uni: the end of the run would not stop that.
        var mine = new CompletableFuture<Clip>();
        var theirs = purchases.putIfAbsent(order.digest(), mine);
        return theirs != null
                ? Uni.createFrom().completionStage(theirs)
                : Uni.createFrom()
                        .deferred(() -> purchase.apply(firstOrders.get(order.digest())))
                        .invoke(mine::complete)
                        .onFailure()
                        .invoke(mine::completeExceptionally);
    }
}
