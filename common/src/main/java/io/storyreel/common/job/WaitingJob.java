package io.storyreel.common.job;

import io.vertx.mutiny.sqlclient.Row;

import java.util.UUID;

/**
 * What a stream entry says: this job is ready.
 *
 * @param workload decides with the priority which stream the entry goes to
 * @param traceparent W3C trace context of the request that made it, or null
 */
public record WaitingJob(UUID id, JobKind kind, Workload workload, JobPriority priority, String traceparent) {

    static WaitingJob of(Row row) {
        return new WaitingJob(
                row.getUUID("id"),
                JobKind.of(row.getString("kind")),
                Workload.of(row.getString("provider")),
                JobPriority.of(row.getInteger("priority")),
                row.getString("traceparent"));
    }
}
