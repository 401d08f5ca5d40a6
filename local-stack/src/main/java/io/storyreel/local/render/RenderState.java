package io.storyreel.local.render;

import com.fasterxml.jackson.databind.JsonNode;

/**
 * How far a render is, as its events tell.
 *
 * @param progress percent, 0 to 100
 * @param scene number of the scene the latest event was about, 0 when about none
 */
public record RenderState(String status, String stage, int progress, int scene, String message) {

    public static final RenderState ACCEPTED = new RenderState("pending", "", 0, 0, "Waiting for a worker");

    /** The state after one more event; what an event leaves out stays, and progress never falls. */
    public RenderState after(JsonNode event) {
        var newStage = event.path("stage").asText(stage);
        var newScene = event.hasNonNull("scene") ? event.get("scene").asInt() : newStage.equals(stage) ? scene : 0;
        return new RenderState(
                event.path("status").asText(status),
                newStage,
                Math.max(progress, Math.min(100, event.path("progress").asInt(progress))),
                newScene,
                event.path("message").asText(message));
    }
}
