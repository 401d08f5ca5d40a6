package io.storyreel.common.ledger;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What became of an attempt. A null leaves what stands.
 *
 * @param handle JSON text
 * @param seen the provider's word for the state it is in, if it is news
 * @param look when to look again at a task that nobody waits for; null if somebody does, or it has ended
 */
record TaskChange(
        ProviderTask task,
        TaskState state,
        String providerTaskId,
        String handle,
        String seen,
        BigDecimal costEstimated,
        BigDecimal costActual,
        String resultJson,
        String error,
        Duration look) {

    static TaskChange to(ProviderTask task, TaskState state) {
        return new TaskChange(task, state, null, null, null, null, null, null, null, null);
    }

    TaskChange accepted(String id, String reachedBy, BigDecimal estimate) {
        return new TaskChange(task, state, id, reachedBy, seen, estimate, costActual, resultJson, error, look);
    }

    TaskChange seeing(String word) {
        return new TaskChange(
                task, state, providerTaskId, handle, word, costEstimated, costActual, resultJson, error, look);
    }

    TaskChange charged(BigDecimal cost) {
        return new TaskChange(task, state, providerTaskId, handle, seen, costEstimated, cost, resultJson, error, look);
    }

    TaskChange made(String json) {
        return new TaskChange(task, state, providerTaskId, handle, seen, costEstimated, costActual, json, error, look);
    }

    TaskChange because(String reason) {
        return new TaskChange(
                task, state, providerTaskId, handle, seen, costEstimated, costActual, resultJson, reason, look);
    }

    TaskChange lookingAgainIn(Duration time) {
        return new TaskChange(
                task, state, providerTaskId, handle, seen, costEstimated, costActual, resultJson, error, time);
    }
}
