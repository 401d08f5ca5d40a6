package io.storyreel.worker.provider.http;

import io.storyreel.worker.provider.ProviderOutageException;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

/** What a provider answered. Nothing in it may be trusted. */
public record JsonAnswer(String provider, int status, MultiMap headers, Buffer body) {

    public boolean successful() {
        return status >= 200 && status < 300;
    }

    /** The body; fails with {@link ProviderOutageException} if it is not a JSON object, such as a proxy's page. */
    public JsonObject json() {
        try {
            return body.toJsonObject();
        } catch (DecodeException | ClassCastException notJson) {
            throw new ProviderOutageException(
                    provider + " answered " + status + " with something that is not JSON", notJson);
        }
    }

    /** The same where the status has to do if there is nothing better. */
    public JsonObject jsonOrEmpty() {
        try {
            return body.toJsonObject();
        } catch (DecodeException | ClassCastException notJson) {
            return new JsonObject();
        }
    }
}
