package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;

import java.math.BigDecimal;

/**
 * Somebody who makes things in tasks that take a while. Called only through {@link PaidTasks}, so that nothing is bought
 * twice.
 *
 * @param <Q> what is wanted
 * @param <R> what is made
 */
public interface TaskProvider<Q, R> {

    /** The name in jobs, rows and configuration. */
    String name();

    Capabilities capabilities();

    /** What the task will cost in USD, exact. */
    BigDecimal estimate(Q wanted);

    /**
     * Hands the task over.
     *
     * @param key names this attempt for ever; a provider with {@link Capabilities#idempotent} makes one task of it
     *     however often it is called
     * @return the provider's name of the task
     */
    Uni<String> submit(Q wanted, String key);

    /**
     * Where the task stands.
     *
     * @param told the percentage that was told last; a provider whose stages matter skips none of them
     */
    Uni<TaskProgress<R>> poll(ProviderTask task, int told);

    /**
     * Asks the provider to stop; completes when it has taken note, or when there was nothing to stop.
     *
     * @param task without a provider's name if nobody heard whether the provider got it; who can finds it by its key
     * @return what was charged all the same, in USD
     */
    Uni<BigDecimal> cancel(ProviderTask task);
}
