package io.storyreel.worker.provider;

import java.math.BigDecimal;

/**
 * Something a provider made.
 *
 * @param cost what it was charged with, in USD, exact
 */
public record Bought<R>(R made, BigDecimal cost) {}
