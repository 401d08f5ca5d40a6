package io.storyreel.api.dispatch;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How the dispatcher watches over jobs that nobody works on. Every API instance runs one; they share the work. */
@ConfigMapping(prefix = "storyreel.dispatch")
public interface DispatchSettings {

    /** Whether this instance dispatches. */
    @WithDefault("true")
    boolean enabled();

    /** Pause between two rounds. */
    @WithDefault("1s")
    Duration interval();

    /** Most jobs rung for, and most taken over, in one statement; a full round is followed by another at once. */
    @WithDefault("500")
    int batch();

    /** No ringing while this many entries wait in the stream: the workers hear the bell, they are just busy. */
    @WithDefault("10000")
    int longestQueue();

    /** How many workers a job may lose before it is failed as one that kills its worker. */
    @WithDefault("8")
    int mostLeaseLosses();
}
