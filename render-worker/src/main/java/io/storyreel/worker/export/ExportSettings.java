package io.storyreel.worker.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How exports are made, and how long they are kept. They can always be made again, as long as their video is there. */
@ConfigMapping(prefix = "storyreel.exports")
public interface ExportSettings {

    /** Exports that nobody has asked for or downloaded for this long are removed. */
    @WithDefault("30d")
    Duration retention();

    /**
     * Exports of a video that a newer render of the project has replaced are removed when nobody has asked for them or
     * downloaded them for this long; downloads under way are thus not cut off.
     */
    @WithDefault("1h")
    Duration replacedRetention();

    /** Pause between two looks for exports to remove. */
    @WithDefault("10m")
    Duration look();

    /** How long one export may take, waiting for a core not counted. */
    @WithDefault("4h")
    Duration deadline();
}
