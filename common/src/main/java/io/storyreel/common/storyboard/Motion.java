package io.storyreel.common.storyboard;

import com.fasterxml.jackson.annotation.JsonProperty;

/** The camera's move over a still picture. */
public enum Motion {
    /** Chosen by the place of the scene, always the same for the same storyboard. */
    @JsonProperty("auto")
    AUTO,
    @JsonProperty("none")
    NONE,
    @JsonProperty("zoom_in")
    ZOOM_IN,
    @JsonProperty("zoom_out")
    ZOOM_OUT,
    @JsonProperty("pan_left")
    PAN_LEFT,
    @JsonProperty("pan_right")
    PAN_RIGHT,
    @JsonProperty("pan_up")
    PAN_UP,
    @JsonProperty("pan_down")
    PAN_DOWN
}
