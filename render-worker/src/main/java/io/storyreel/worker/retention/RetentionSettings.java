package io.storyreel.worker.retention;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;
import java.util.OptionalInt;

/**
 * How long things are kept. What is not set is kept for ever. Exports have settings of their own
 * ({@code storyreel.exports}). What was spent (jobs, purchases, budgets) is always kept.
 */
@ConfigMapping(prefix = "storyreel.retention")
public interface RetentionSettings {

    /** Videos, posters and captions of renders that were completed longer ago are removed, such as {@code 90d}. */
    Optional<Duration> videos();

    /** Of each project the files of this many of the latest completed renders are kept; at least 1. */
    OptionalInt renders();

    /**
     * The history (but its last event) and the results of the steps of jobs that ended longer ago are removed. A plan
     * then knows less of what stands under addresses of the web.
     */
    Optional<Duration> histories();

    /**
     * Clips, voices and pictures that were bought or fetched for jobs that ended longer ago are removed, as far as no
     * later job needs them: whoever renders the same again pays again.
     */
    Optional<Duration> materials();

    /** Uploads that no project has ever named are removed after this time. */
    Optional<Duration> uploads();

    /** Pause between two looks for what has been kept long enough. */
    @WithDefault("10m")
    Duration look();
}
