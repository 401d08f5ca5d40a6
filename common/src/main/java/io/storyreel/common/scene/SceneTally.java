package io.storyreel.common.scene;

import java.math.BigDecimal;

/**
 * What became of the wishes for a project's scenes. Pictures that could not be made do not count.
 *
 * @param refinements those under way included
 * @param cost in USD, exact: what the new pictures add to the estimate
 */
public record SceneTally(int refinements, BigDecimal cost) {
    public static final SceneTally NONE = new SceneTally(0, BigDecimal.ZERO);
}
