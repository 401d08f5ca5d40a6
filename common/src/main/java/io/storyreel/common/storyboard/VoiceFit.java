package io.storyreel.common.storyboard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** What gives way when a voice is longer than its scene. */
public enum VoiceFit {
    /** The scene stands until the voice has ended. */
    @JsonProperty("stretch")
    STRETCH,
    /** The voice is sped up, by at most 1.15; if that is not enough the render fails and names the scene. */
    @JsonProperty("speed")
    SPEED
}
