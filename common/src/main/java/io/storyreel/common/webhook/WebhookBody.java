package io.storyreel.common.webhook;

import io.vertx.core.json.JsonObject;

import java.time.Instant;

/** What receivers get, in the form of Standard Webhooks: {@code {type, timestamp, data}}. */
public final class WebhookBody {
    private WebhookBody() {}

    /** @param timestamp when it happened, however late it is delivered */
    public static String of(WebhookEvent event, Instant timestamp, JsonObject data) {
        return new JsonObject()
                .put("type", event.wireName())
                .put("timestamp", timestamp.toString())
                .put("data", data)
                .encode();
    }
}
