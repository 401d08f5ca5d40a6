package io.storyreel.api.plan;

import io.storyreel.common.provider.ClipOrder;

import java.math.BigDecimal;

/** A clip that a render needs, and whether it has to be bought. */
record PlannedClip(ClipOrder order, Reuse reuse) {

    /** Whether what was bought before can be used. */
    enum Reuse {
        /** The picture cannot be another one, and the clip is there. */
        CERTAIN,
        /** If the picture under the address still is the one that it was the last time. */
        LIKELY,
        NONE
    }

    boolean isNew() {
        return reuse == Reuse.NONE;
    }

    BigDecimal expected() {
        return isNew() ? order.price() : BigDecimal.ZERO;
    }

    BigDecimal atMost() {
        return reuse == Reuse.CERTAIN ? BigDecimal.ZERO : order.price();
    }
}
