package io.storyreel.common.queue;

import io.storyreel.common.job.JobPriority;
import io.storyreel.common.job.Workload;

import java.util.UUID;

/** Every key and channel of Redis. Braces are hash tags: they keep a key on one node of a cluster. */
public final class RedisNames {
    /** Rings when a running job is to be canceled; the message is its id. */
    public static final String CANCELLATIONS = "storyreel:cancellations";

    static final String GROUP = "workers";

    private RedisNames() {}

    /**
     * One stream for each workload and priority, whatever the kinds of jobs. Those of a workload lie on one node, because
     * they are read together.
     */
    static String jobs(Workload workload, JobPriority priority) {
        String normal = "storyreel:jobs:{" + workload.wireName() + "}";
        return priority == JobPriority.NORMAL ? normal : normal + ":" + priority.wireName();
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
