package io.storyreel.worker.provider;

import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.ledger.TaskState;

import java.time.Instant;
import java.util.UUID;

/** Rows of the ledger as a provider sees them. */
public final class TestTask {
    private TestTask() {}

    /**
     * A first attempt that the provider has accepted.
     *
     * @param handle JSON text, or null
     */
    public static ProviderTask running(
            UUID job, Purpose purpose, String provider, String id, String handle, Instant begunAt) {
        return new ProviderTask(
                job,
                purpose,
                1,
                0,
                1,
                provider,
                "digest",
                TaskState.RUNNING,
                id,
                handle,
                null,
                null,
                null,
                begunAt,
                begunAt,
                false,
                false,
                new ProviderTask.Earlier(0, 0));
    }
}
