package io.storyreel.worker.provider.pika;

import io.storyreel.worker.provider.http.ProviderAddress;
import io.storyreel.worker.provider.http.TaskIds;
import io.storyreel.worker.provider.http.TrustedServers;
import io.vertx.core.json.JsonObject;

import java.util.Arrays;
import java.util.stream.Collectors;

/**
 * Where a task is reached: at the addresses that fal gave with it, as fal wishes, if the key may be sent there; else at
 * those that fal's documents tell.
 *
 * @param status tells its state
 * @param response holds what came of it
 * @param cancel stops it
 */
record FalAddresses(String status, String response, String cancel) {

    /** The only address with the full name of the model in it. */
    static String submit(PikaSettings settings) {
        return base(settings).at("/" + settings.model());
    }

    /** @param handle what {@link #handle} kept, as JSON text; null if nothing */
    static FalAddresses of(PikaSettings settings, String id, String handle) {
        String app = Arrays.stream(settings.model().split("/")).limit(2).collect(Collectors.joining("/"));
        String task = base(settings).at("/" + app + "/requests/" + TaskIds.inPath(PikaGateway.VENDOR, id));
        TrustedServers trusted = new TrustedServers(settings.url(), settings.hosts());
        JsonObject told = handle == null ? new JsonObject() : new JsonObject(handle);
        return new FalAddresses(
                trusted.orElse(told.getValue("status_url"), task + "/status"),
                trusted.orElse(told.getValue("response_url"), task),
                trusted.orElse(told.getValue("cancel_url"), task + "/cancel"));
    }

    /** What is worth keeping of the answer to an order. */
    static JsonObject handle(JsonObject accepted) {
        JsonObject handle = new JsonObject();
        for (String field : new String[] {"status_url", "response_url", "cancel_url"}) {
            if (accepted.getValue(field) instanceof String url) {
                handle.put(field, url);
            }
        }
        return handle;
    }

    static ProviderAddress base(PikaSettings settings) {
        return ProviderAddress.of("PIKA_API_URL", settings.url());
    }
}
