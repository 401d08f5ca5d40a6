package io.storyreel.local.simulator.log;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.task.Bill;

/**
 * Accepted work that costs money.
 *
 * @param scene the same for the same work, however often it is bought: a digest of all that shapes it
 * @param key idempotency key, empty where the vendor knows none
 * @param prompt shortened to 200 characters
 * @param image digest of the image, or its address without the query; empty without an image
 * @param seconds of media asked for, 0 for pictures
 */
public record Purchase(String scene, String key, String model, String prompt, String image, double seconds, Bill bill) {

    ObjectNode describe() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("scene", scene)
                .put("idempotency_key", key)
                .put("model", model)
                .put("prompt", prompt.length() > 200 ? prompt.substring(0, 200) : prompt)
                .put("image", image)
                .put("seconds", seconds)
                .put("price_usd", bill.price().toPlainString())
                .put("charged_usd", bill.charged().toPlainString())
                .put("state", bill.state());
    }
}
