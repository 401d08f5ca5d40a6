package io.storyreel.worker.provider;

import io.vertx.core.json.JsonObject;

import java.math.BigDecimal;

/**
 * A task that a provider has accepted.
 *
 * @param id the provider's name of it
 * @param handle what the provider said of how to reach it, kept with the attempt; null if the name is enough
 * @param costEstimated the provider's own figure in USD; null if it gives none
 */
public record Submitted(String id, JsonObject handle, BigDecimal costEstimated) {

    public static Submitted as(String id) {
        return new Submitted(id, null, null);
    }
}
