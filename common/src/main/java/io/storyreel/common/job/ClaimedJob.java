package io.storyreel.common.job;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * A job in the hands of the worker that claimed it.
 *
 * @param attempt 1 for the first claim
 * @param retries transient failures so far
 * @param costEstimated in USD
 */
public record ClaimedJob(
        Lease lease,
        JobKind kind,
        UUID workspaceId,
        UUID projectId,
        String specDigest,
        String provider,
        int progress,
        int attempt,
        int retries,
        BigDecimal costEstimated,
        String traceparent) {

    /** A claim and the event by which the history tells of it. */
    public record Claim(ClaimedJob job, JobEvent event) {}

    public UUID id() {
        return lease.jobId();
    }
}
