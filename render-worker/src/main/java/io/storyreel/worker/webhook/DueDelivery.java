package io.storyreel.worker.webhook;

import io.storyreel.common.webhook.WebhookSecret;
import io.vertx.mutiny.sqlclient.Row;

import java.util.List;
import java.util.UUID;
import java.util.stream.Stream;

/**
 * A delivery that this worker has taken for one attempt.
 *
 * @param attempt number of that attempt, from 1
 * @param failures tries that failed so far
 * @param secrets that sign it: more than one while an endpoint changes over to a new secret
 */
record DueDelivery(
        UUID id, UUID endpoint, int attempt, int failures, String url, String body, List<WebhookSecret> secrets) {

    static DueDelivery of(Row row) {
        return new DueDelivery(
                row.getUUID("id"),
                row.getUUID("endpoint_id"),
                row.getInteger("attempts"),
                row.getInteger("tries"),
                row.getString("url"),
                row.getString("body"),
                Stream.of("secret", "previous_secret")
                        .map(row::getString)
                        .flatMap(Stream::ofNullable)
                        .map(WebhookSecret::new)
                        .toList());
    }
}
