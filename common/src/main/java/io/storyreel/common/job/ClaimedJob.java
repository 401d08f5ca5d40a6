package io.storyreel.common.job;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * A job in the hands of the worker that claimed it.
 *
 * @param fallback whom scenes go to when {@code provider} is broken, in order
 * @param attempt 1 for the first claim
 * @param retries transient failures so far
 * @param costEstimated in USD; null if nobody could say
 * @param input JSON text of what the job is to do, beside its project; null for renders
 * @param traceparent W3C trace context of the request that made it, or null
 */
public record ClaimedJob(
        Lease lease,
        JobKind kind,
        UUID workspaceId,
        UUID projectId,
        String specDigest,
        String provider,
        List<String> fallback,
        int progress,
        int attempt,
        int retries,
        BigDecimal costEstimated,
        String input,
        String traceparent) {

    private static final int TRACE_ID_BEGIN = 3;
    private static final int TRACE_ID_END = 35;

    /** A claim and the event by which the history tells of it. */
    public record Claim(ClaimedJob job, JobEvent event) {}

    public UUID id() {
        return lease.jobId();
    }

    public boolean isTraced() {
        return traceparent != null && traceparent.length() >= TRACE_ID_END;
    }

    /** The trace that the request which made the job belongs to, for log lines; a dash if it named none. */
    public String traceId() {
        return isTraced() ? traceparent.substring(TRACE_ID_BEGIN, TRACE_ID_END) : "-";
    }
}
