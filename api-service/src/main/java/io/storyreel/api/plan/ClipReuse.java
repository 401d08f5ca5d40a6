package io.storyreel.api.plan;

import io.storyreel.api.plan.PlannedClip.Reuse;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.common.storyboard.AssetReference;
import io.storyreel.common.storyboard.Scene;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Which clips of a storyboard one provider need not make again: those bought before, and those that an earlier scene
 * shows as well. What stands under an address of the web may be another picture today, so nothing that rests on it is
 * certain; what a reference names cannot change.
 */
final class ClipReuse {
    private final Map<String, Boolean> bought;
    private final Map<String, Set<String>> picturesByDigest = new HashMap<>();

    /** @param bought digests of what was bought before; true if it is known to be there still */
    ClipReuse(Map<String, Boolean> bought) {
        this.bought = bought;
    }

    /** Scene after scene, in order. */
    List<PlannedClip> of(Scene scene, List<ClipOrder> orders) {
        boolean fixed = AssetReference.isOne(scene.imageUrl());
        String picture = fixed ? AssetReference.parse(scene.imageUrl()).sha256() : scene.imageUrl();
        List<PlannedClip> clips = orders.stream()
                .map(order -> new PlannedClip(order, reuse(order.digest(), picture, fixed)))
                .toList();
        orders.forEach(order -> picturesByDigest
                .computeIfAbsent(order.digest(), digest -> new HashSet<>())
                .add(picture));
        return clips;
    }

    /** Within a render an address is fetched once, so scenes of the same address show the same picture. */
    private Reuse reuse(String digest, String picture, boolean fixed) {
        Set<String> shown = picturesByDigest.getOrDefault(digest, Set.of());
        if (shown.contains(picture) || fixed && bought.getOrDefault(digest, false)) {
            return Reuse.CERTAIN;
        }
        return bought.containsKey(digest) || !shown.isEmpty() ? Reuse.LIKELY : Reuse.NONE;
    }
}
