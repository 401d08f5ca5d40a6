package io.storyreel.worker.provider.runway;

import io.storyreel.worker.provider.ClipRequest;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.vertx.core.json.JsonObject;

/** The body of {@code POST /v1/image_to_video}. */
final class RunwayOrder {
    private static final int LONGEST_PROMPT = 1_000;

    private RunwayOrder() {}

    /** @throws ProviderRefusedException if the model cannot do it; nothing is bought then */
    static JsonObject of(RunwayModel model, ClipRequest wanted) {
        if (!model.shapes().contains(wanted.ratio())
                || !model.prices(model.pricePerSecond()).containsKey(wanted.seconds())) {
            throw new ProviderRefusedException(
                    Reason.INPUT,
                    "RunwayML's model " + model.id() + " makes no clip of " + wanted.seconds() + " s in "
                            + wanted.ratio() + ": choose another model or another shape");
        }
        JsonObject order = new JsonObject()
                .put("model", model.id())
                .put("promptImage", wanted.image())
                .put("promptText", cut(wanted.prompt()))
                .put("ratio", model.ratio(wanted.ratio(), wanted.shortSide()))
                .put("duration", wanted.seconds());
        return model.makesSound() ? order.put("audio", false) : order;
    }

    /** At most 1,000 UTF-16 units, without half a character at the end. */
    static String cut(String prompt) {
        if (prompt.length() <= LONGEST_PROMPT) {
            return prompt;
        }
        boolean splits = Character.isHighSurrogate(prompt.charAt(LONGEST_PROMPT - 1));
        return prompt.substring(0, splits ? LONGEST_PROMPT - 1 : LONGEST_PROMPT);
    }
}
