package io.storyreel.worker.provider.mock;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** The provider {@code mock}: renders nothing, costs nothing, takes its time. For trying things out and for tests. */
@ConfigMapping(prefix = "storyreel.mock")
public interface MockSettings {

    /** The shortest a task takes. */
    @WithDefault("5s")
    Duration durationMin();

    /** The longest a task takes; zero for both makes every task end at once. */
    @WithDefault("10s")
    Duration durationMax();
}
