package io.storyreel.worker.provider.replicate;

import io.storyreel.worker.provider.http.ProviderAddress;
import io.storyreel.worker.provider.http.TaskIds;
import io.storyreel.worker.provider.http.TrustedServers;
import io.vertx.core.json.JsonObject;

import java.util.Set;

/**
 * Where a prediction is reached: at the addresses that came with it, if the token may be sent there, else at those that
 * Replicate's documents tell.
 *
 * @param get tells its state
 * @param cancel stops it
 */
record ReplicateAddresses(String get, String cancel) {

    /** @param handle what {@link #handle} kept, as JSON text; null if nothing */
    static ReplicateAddresses of(ReplicateSettings settings, String id, String handle) {
        String prediction = base(settings).at("/predictions/" + TaskIds.inPath(ReplicateGateway.VENDOR, id));
        TrustedServers trusted = new TrustedServers(settings.url(), Set.of());
        JsonObject told = handle == null ? new JsonObject() : new JsonObject(handle);
        return new ReplicateAddresses(
                trusted.orElse(told.getValue("get"), prediction),
                trusted.orElse(told.getValue("cancel"), prediction + "/cancel"));
    }

    /** What is worth keeping of a prediction. */
    static JsonObject handle(JsonObject prediction) {
        JsonObject handle = new JsonObject();
        if (prediction.getValue("urls") instanceof JsonObject urls) {
            for (String field : new String[] {"get", "cancel"}) {
                if (urls.getValue(field) instanceof String url) {
                    handle.put(field, url);
                }
            }
        }
        return handle;
    }

    static ProviderAddress base(ReplicateSettings settings) {
        return ProviderAddress.of("REPLICATE_API_URL", settings.url());
    }
}
