package io.storyreel.common.queue;

import io.storyreel.common.job.Workload;

import java.util.UUID;

/** Every key and channel of Redis. Braces are hash tags: they keep a key on one node of a cluster. */
public final class RedisNames {
    /** Rings when a running job is to be canceled; the message is its id. */
    public static final String CANCELLATIONS = "storyreel:cancellations";

    static final String GROUP = "workers";

    private RedisNames() {}

    /** One stream for each workload, whatever the kinds of jobs: a worker listens to as many, and not to more. */
    static String jobs(Workload workload) {
        return "storyreel:jobs:{" + workload.wireName() + "}";
    }

    /** Everything that happens to one task. */
    public static String task(UUID taskId) {
        return "task_updates:" + taskId;
    }

    /** Everything that happens to the tasks of one workspace. */
    public static String workspace(UUID workspaceId) {
        return "workspace_updates:" + workspaceId;
    }
}
