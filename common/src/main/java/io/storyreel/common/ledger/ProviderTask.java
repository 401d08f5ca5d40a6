package io.storyreel.common.ledger;

import java.math.BigDecimal;
import java.time.Instant;
import java.util.UUID;

/**
 * One attempt to buy something.
 *
 * @param part of the scene, from 0
 * @param attempt from 1, counted over all providers; a provider gets a new one only when its last has failed, was
 *     canceled or is lost
 * @param providerTaskId the provider's name of the task; null until the provider has accepted it
 * @param handle JSON text of what the provider said of how to reach the task, or null
 * @param costEstimated in USD, exact; so is {@code costActual}, null until known
 * @param result JSON text of what was made, or null
 * @param begunAt when the row was written, just before the provider was called
 * @param sentAt when the provider was last called for it; null if it cannot have got it
 * @param leftBehind whether nobody has waited for it since it was left for a fallback or its job ended
 * @param fresh whether this very call wrote the row, so that nobody can have called the provider for it yet
 * @param earlier how the provider's attempts before this one ended
 */
public record ProviderTask(
        UUID jobId,
        Purpose purpose,
        int scene,
        int part,
        int attempt,
        String provider,
        String digest,
        TaskState state,
        String providerTaskId,
        String handle,
        BigDecimal costEstimated,
        BigDecimal costActual,
        String result,
        Instant begunAt,
        Instant sentAt,
        boolean leftBehind,
        boolean fresh,
        Earlier earlier) {

    /**
     * Attempts of the same provider for the same part that have ended without a result.
     *
     * @param lost whose outcome nobody will ever know
     */
    public record Earlier(int lost, int failed) {}

    /** Names the attempt for ever: the idempotency key for providers that know such a thing. */
    public String key() {
        return jobId + "-" + purpose.wireName() + "-" + scene + (part == 0 ? "" : "." + part) + "-" + attempt;
    }

    /**
     * The same attempt, accepted by the provider.
     *
     * @param estimate the provider's own figure; null if it gives none
     */
    public ProviderTask runningAs(String id, String reachedBy, BigDecimal estimate) {
        return new ProviderTask(
                jobId,
                purpose,
                scene,
                part,
                attempt,
                provider,
                digest,
                TaskState.RUNNING,
                id,
                reachedBy,
                estimate == null ? costEstimated : estimate,
                costActual,
                result,
                begunAt,
                sentAt,
                false,
                false,
                earlier);
    }
}
