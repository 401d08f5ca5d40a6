package io.storyreel.common.job;

import java.util.UUID;

/**
 * A worker's right to change a job.
 *
 * @param epoch the fencing token: it rises whenever the job changes hands, so writes of a former holder match no row
 */
public record Lease(UUID jobId, long epoch) {}
