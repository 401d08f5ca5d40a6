package io.storyreel.common.job;

/** The statements behind {@link WorkerLeases}: who is alive, and which jobs are whose. */
final class WorkerLeaseSql {
    private WorkerLeaseSql() {}

    static final String JOIN_WORKERS =
            """
            insert into worker_lease (worker_id, name, alive_until)
            values ($1, $2, clock_timestamp() + $3 * interval '1 millisecond')
            """;

    /** No row: the worker was forgotten. Renewing late is safe, because a job that changed hands has another epoch. */
    static final String HEARTBEAT =
            """
            update worker_lease set alive_until = clock_timestamp() + $2 * interval '1 millisecond'
            where worker_id = $1 returning worker_id
            """;

    /** $1 worker, $2 jobs: they have no living owner any more, so the next round takes them over. */
    static final String DISOWN =
            """
            update job set lease_owner = null, updated_at = clock_timestamp()
            where lease_owner = $1 and id = any($2) and status = 'processing'
            """;

    static final String HELD = "select id from job where lease_owner = $1 and status = 'processing'";

    static final String LEAVE_WORKERS = "delete from worker_lease where worker_id = $1";

    /** Of workers long dead whose jobs have all been taken over. */
    static final String FORGET_DEAD_WORKERS =
            """
            delete from worker_lease w where alive_until < clock_timestamp() - interval '1 minute'
                and not exists (select from job j where j.lease_owner = w.worker_id and j.status = 'processing')
            """;

    static final String TO_BE_CANCELED =
            """
            select id from job where lease_owner = $1 and status = 'processing' and cancel_requested_at is not null
            """;
}
