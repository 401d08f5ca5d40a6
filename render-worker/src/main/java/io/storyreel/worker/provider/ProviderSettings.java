package io.storyreel.worker.provider;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** How patient we are with providers. */
@ConfigMapping(prefix = "storyreel.providers")
public interface ProviderSettings {

    /** How often the same thing is bought from the same provider when it fails there by the provider's own fault. */
    @WithDefault("3")
    int attempts();

    /** The pause before something that failed at a provider is bought again. */
    @WithDefault("2s")
    Duration pauseBetweenAttempts();

    /** How long a provider may take to answer one call, as for all of them by {@code API_REQUEST_TIMEOUT}. */
    @WithDefault("60s")
    Duration requestTimeout();

    /**
     * How long a call by which a task is handed over may go without an answer, as another worker sees it; only then is
     * the worker that made it taken for dead. 15 s longer than the request timeout by default, and to be longer.
     */
    Optional<Duration> answerLimit();

    /** The answer limit as it is set, or as it follows from the request timeout. */
    default Duration longestAnswer() {
        // For an answer to come to an end that has begun just in time, and for the clocks of two machines.
        Duration grace = Duration.ofSeconds(15);
        return answerLimit().orElseGet(() -> requestTimeout().plus(grace));
    }

    /** How long a provider that turns us away for being too busy is asked again, before it counts as broken. */
    @WithDefault("10m")
    Duration busyPatience();

    /** The pause between two such questions where the provider does not say. */
    @WithDefault("10s")
    Duration busyPause();

    /** How long a provider may be unreachable while it has a task of ours, before the task is left to itself. */
    @WithDefault("5m")
    Duration outagePatience();

    /** How long a task may wait in a provider's queue. */
    @WithDefault("6h")
    Duration queuePatience();

    /** How many scenes of one render are made at the same time. */
    @WithDefault("8")
    int scenesAtOnce();

    /** How often a task that nobody waits for any more is looked at. */
    @WithDefault("1m")
    Duration lateLook();

    /** How long such a task may take; then it is written off. */
    @WithDefault("24h")
    Duration lateLimit();

    /**
     * Whether a result that is broken is bought again, once, even if the provider charged for it. One that was free is
     * bought again in any case.
     */
    @WithDefault("false")
    boolean rebuyBrokenResults();
}
