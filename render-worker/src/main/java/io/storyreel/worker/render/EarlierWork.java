package io.storyreel.worker.render;

import io.storyreel.common.provider.ClipOrder;
import io.storyreel.worker.provider.Clip;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.render.SceneClips.SceneOrders;

import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What the scenes of a render need not begin anew. All digests are of what shapes a clip, its provider included.
 *
 * @param made clips that are at hand, by digest
 * @param underWay digests of what earlier runs of this render have ordered and what has not come to its end
 */
record EarlierWork(Map<String, Clip> made, Set<String> underWay) {

    /**
     * The place in the chain at which the scene begins: with who has made all of it before, else with who is at work on
     * it, else with the first. A scene goes along the chain one way, so of two who are at work on it, it has left the
     * earlier one.
     */
    int start(List<ClipProvider> chain, SceneOrders scene) {
        for (int place = 0; place < chain.size(); place++) {
            if (hasMade(chain.get(place), scene)) {
                return place;
            }
        }
        for (int place = chain.size() - 1; place > 0; place--) {
            if (isAtWork(chain.get(place), scene)) {
                return place;
            }
        }
        return 0;
    }

    private boolean hasMade(ClipProvider provider, SceneOrders scene) {
        return !provider.capabilities().inGraph()
                && scene.of(provider).stream().map(ClipOrder::digest).allMatch(made::containsKey);
    }

    private boolean isAtWork(ClipProvider provider, SceneOrders scene) {
        return !provider.capabilities().inGraph()
                && scene.of(provider).stream().map(ClipOrder::digest).anyMatch(underWay::contains);
    }
}
