package io.storyreel.common.storyboard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** How a scene begins. Transitions overlap nothing: the video stays as long as the sum of its scenes. */
public enum Transition {
    @JsonProperty("none")
    NONE,
    /** Means the same as {@link #NONE}; kept because storyboards of other tools say it. */
    @JsonProperty("cut")
    CUT,
    @JsonProperty("fade")
    FADE,
    @JsonProperty("dissolve")
    DISSOLVE,
    @JsonProperty("wipe_left")
    WIPE_LEFT,
    @JsonProperty("wipe_right")
    WIPE_RIGHT,
    @JsonProperty("slide_left")
    SLIDE_LEFT,
    @JsonProperty("slide_right")
    SLIDE_RIGHT,
    @JsonProperty("zoom")
    ZOOM
}
