package io.storyreel.common.ledger;

import io.storyreel.common.job.Lease;

import java.math.BigDecimal;

/**
 * Something a job wants from a provider.
 *
 * @param lease of the job; a worker that lost it may buy nothing
 * @param scene index of the scene, 0 for the whole storyboard
 * @param part of the scene, from 0
 * @param digest of everything that shapes the result
 * @param costEstimated in USD, exact
 */
public record Purchase(
        Lease lease, Purpose purpose, int scene, int part, String provider, String digest, BigDecimal costEstimated) {

    public Purchase {
        if (scene < 0 || part < 0 || costEstimated.signum() < 0) {
            throw new IllegalArgumentException("neither scene nor part nor cost can be negative");
        }
    }

    /** Something that has no parts. */
    public static Purchase whole(
            Lease lease, Purpose purpose, int scene, String provider, String digest, BigDecimal costEstimated) {
        return new Purchase(lease, purpose, scene, 0, provider, digest, costEstimated);
    }
}
