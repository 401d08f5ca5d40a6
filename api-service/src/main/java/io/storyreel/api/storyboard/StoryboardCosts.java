package io.storyreel.api.storyboard;

import java.math.BigDecimal;

/**
 * What a video costs, in USD, exact: its render, and the pictures that were made for it.
 *
 * @param estimated null if nobody can say
 * @param actual null until something is known to have been charged, or not
 */
record StoryboardCosts(BigDecimal estimated, BigDecimal actual) {}
