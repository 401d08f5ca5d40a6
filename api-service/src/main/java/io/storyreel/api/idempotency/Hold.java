package io.storyreel.api.idempotency;

import java.util.UUID;

/**
 * The right to carry a keyed request out, for as long as it is prolonged.
 *
 * @param id of the row
 * @param attempt nobody may write who does not have the latest
 * @param reservedId of what the request makes
 * @param repeated whether somebody has begun it before, who may have made it
 * @param done whether that one is known to have done it
 */
record Hold(String id, int attempt, UUID reservedId, boolean repeated, boolean done) {}
