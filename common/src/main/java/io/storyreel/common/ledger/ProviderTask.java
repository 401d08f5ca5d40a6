package io.storyreel.common.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * One attempt to buy something.
 *
 * @param attempt from 1; a new one follows only when the one before has failed, was canceled or is lost
 * @param providerTaskId the provider's name of the task; null until the provider has accepted it
 * @param result JSON text of what was made, or null
 * @param begunAt when the row was written, just before the provider was called
 * @param fresh whether this very call wrote the row, so that nobody can have called the provider for it yet
 */
public record ProviderTask(
        UUID jobId,
        Purpose purpose,
        int scene,
        int attempt,
        String provider,
        String digest,
        TaskState state,
        String providerTaskId,
        BigDecimal costActual,
        String result,
        Instant begunAt,
        boolean fresh) {

    /** Names the attempt for ever: the idempotency key for providers that know such a thing. */
    public String key() {
        return jobId + "-" + purpose.wireName() + "-" + scene + "-" + attempt;
    }

    /** The same attempt, accepted by the provider. */
    public ProviderTask runningAs(String id) {
        return new ProviderTask(
                jobId,
                purpose,
                scene,
                attempt,
                provider,
                digest,
                TaskState.RUNNING,
                id,
                costActual,
                result,
                begunAt,
                false);
    }
}
