package io.storyreel.common.job;

import java.math.BigDecimal;
import java.util.UUID;

/**
 * Work on a project that is not a render, to be accepted.
 *
 * @param id UUIDv7, chosen by us so that rows are inserted in the order of their index
 * @param specDigest the storyboard it works on, for the record
 * @param provider who does it; {@code local} if the worker itself does
 * @param subject what it works on, such as a scene or a file: only one active job of the kind does so in a project
 * @param input JSON text of what is to be done, in the words of the kind
 * @param message what it waits for, for people
 * @param costEstimated in USD, exact
 * @param traceparent W3C trace context of the request, or null
 */
public record ProjectJob(
        UUID id,
        JobKind kind,
        UUID workspaceId,
        UUID projectId,
        String specDigest,
        String provider,
        String subject,
        String input,
        String message,
        BigDecimal costEstimated,
        String traceparent) {

    /** What is rung for once the job is committed. */
    public WaitingJob waiting() {
        return new WaitingJob(id, kind, Workload.of(provider), JobPriority.NORMAL, traceparent);
    }
}
