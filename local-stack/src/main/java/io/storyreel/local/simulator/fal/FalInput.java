package io.storyreel.local.simulator.fal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.media.Asset;
import io.storyreel.local.simulator.media.Assets;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * A checked model input. Fields the model does not know are ignored, as its framework does.
 *
 * @param pictures empty for text to video
 * @param ratio of those models that take one
 */
record FalInput(String prompt, List<Asset> pictures, String ratio, String resolution, int seconds, String seed) {

    /** Found by the model when it runs, long after the queue has taken the input. */
    static final class Invalid extends Exception {

        private static final long serialVersionUID = 1L;

        private final transient ObjectNode detail;

        Invalid(String field, String type, String message) {
            super(message);
            detail = JsonNodeFactory.instance.objectNode().put("msg", message).put("type", type);
            detail.putArray("loc").add("body").add(field);
        }

        ObjectNode detail() {
            return detail;
        }
    }

    static FalInput parse(FalModel model, ObjectNode body, Assets assets) throws Invalid {
        var prompt = body.path("prompt");
        if (!prompt.isTextual() || prompt.textValue().isEmpty()) {
            throw new Invalid("prompt", "missing", "Field required");
        }
        if (body.has("seed") && !body.get("seed").isNull() && !body.get("seed").isIntegralNumber()) {
            throw new Invalid("seed", "int_type", "Input should be a valid integer");
        }
        if (body.has("negative_prompt") && !body.get("negative_prompt").isTextual()) {
            throw new Invalid("negative_prompt", "string_type", "Input should be a valid string");
        }
        return new FalInput(
                prompt.textValue(),
                pictures(model, body, assets),
                model.aspectRatio() ? oneOf(body, "aspect_ratio", FalModel.RATIOS, "16:9") : "",
                oneOf(body, "resolution", Set.of("720p", "1080p"), model.defaultResolution()),
                model.id().endsWith("/pikaframes") ? framesSeconds(body) : seconds(model, body.path("duration")),
                body.path("seed").asText(""));
    }

    private static List<Asset> pictures(FalModel model, ObjectNode body, Assets assets) throws Invalid {
        var pictures = new ArrayList<Asset>();
        if (model.several()) {
            for (var address : body.path(model.pictures())) {
                pictures.add(picture(model.pictures(), address, assets));
            }
        } else if (!model.pictures().isEmpty()) {
            pictures.add(picture(model.pictures(), body.path(model.pictures()), assets));
        }
        var tooFew = model.id().endsWith("/pikaframes") && (pictures.size() < 2 || pictures.size() > 5);
        if (tooFew || model.several() && pictures.isEmpty()) {
            throw new Invalid(model.pictures(), "value_error", "Value error, wrong number of images");
        }
        return pictures;
    }

    private static Asset picture(String field, JsonNode address, Assets assets) throws Invalid {
        if (!address.isTextual()) {
            throw new Invalid(field, "missing", "Field required");
        }
        return assets.named(address.textValue())
                .orElseThrow(() -> new Invalid(field, "image_load_error", "Failed to load the image"));
    }

    private static String oneOf(ObjectNode body, String field, Set<String> allowed, String otherwise) throws Invalid {
        var node = body.path(field);
        if (node.isMissingNode()) {
            return otherwise;
        }
        if (!allowed.contains(node.asText())) {
            throw new Invalid(field, "literal_error", "Input should be one of " + allowed);
        }
        return node.asText();
    }

    private static int seconds(FalModel model, JsonNode node) throws Invalid {
        if (node.isMissingNode()) {
            return 5;
        }
        var good = node.isIntegralNumber()
                && (model.fixedDurations() ? node.intValue() == 5 || node.intValue() == 10 : node.intValue() > 0);
        if (!good) {
            throw new Invalid("duration", "literal_error", "Input should be 5 or 10");
        }
        return node.intValue();
    }

    /** Between each two frames; 5 s unless said otherwise, 25 s in all. */
    private static int framesSeconds(ObjectNode body) throws Invalid {
        var seconds = 0;
        for (var i = 0; i < body.path("image_urls").size() - 1; i++) {
            seconds += body.path("transitions").path(i).path("duration").asInt(5);
        }
        if (seconds > 25) {
            throw new Invalid("transitions", "value_error", "Value error, at most 25 seconds in all");
        }
        return seconds;
    }
}
