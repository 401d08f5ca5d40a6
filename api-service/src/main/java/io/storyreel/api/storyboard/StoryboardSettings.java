package io.storyreel.api.storyboard;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** What is told of storyboards, and to whom. */
@ConfigMapping(prefix = "storyreel.storyboard")
public interface StoryboardSettings {

    /**
     * Whether anybody who knows a job's id may read how it is getting on ({@code /metadata}), without a token. What it is
     * about is not told.
     */
    @WithDefault("true")
    boolean publicMetadata();
}
