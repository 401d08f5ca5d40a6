package io.storyreel.common.job;

import java.math.BigDecimal;
import java.util.List;
import java.util.UUID;

/**
 * A render to be accepted.
 *
 * @param id UUIDv7, chosen by us so that rows are inserted in the order of their index
 * @param specDigest the storyboard that was estimated; the job is refused if the project has another by now
 * @param fallback whom scenes go to when {@code provider} is broken, in order
 * @param costEstimated in USD, exact; null if nobody can say
 * @param costReserved what it may cost at most, in USD, exact; null if nobody can say
 * @param exclusive whether no other render of the project may be active
 * @param traceparent W3C trace context of the request, or null
 * @param approving whether accepting it approves its project; refused, it leaves the project as it was
 * @param priority among the jobs that wait for a worker
 */
public record NewJob(
        UUID id,
        UUID workspaceId,
        UUID projectId,
        String specDigest,
        String provider,
        List<String> fallback,
        int scenesTotal,
        BigDecimal costEstimated,
        BigDecimal costReserved,
        boolean exclusive,
        String traceparent,
        boolean approving,
        JobPriority priority) {}
