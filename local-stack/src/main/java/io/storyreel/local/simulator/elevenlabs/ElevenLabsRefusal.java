package io.storyreel.local.simulator.elevenlabs;

import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.simulator.frame.Refusal;
import io.storyreel.local.simulator.wire.Answer;

import java.util.UUID;

/** A request that ElevenLabs answers with an error, in one of the three shapes that are alive. */
final class ElevenLabsRefusal extends Refusal {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final transient ObjectNode body;

    private ElevenLabsRefusal(int status, String message, ObjectNode body) {
        super(message);
        this.status = status;
        this.body = body;
    }

    /** The new shape. */
    static ElevenLabsRefusal of(int status, String code, String message) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("detail")
                .put("type", type(status))
                .put("code", code)
                .put("message", message)
                .put("status", code)
                .put("request_id", UUID.randomUUID().toString())
                .putNull("param");
        return new ElevenLabsRefusal(status, message, body);
    }

    private static String type(int status) {
        return switch (status) {
            case 401 -> "authentication_error";
            case 402 -> "payment_required";
            case 403 -> "authorization_error";
            case 404 -> "not_found";
            case 429 -> "rate_limit_error";
            default -> status >= 500 ? "internal_error" : "validation_error";
        };
    }

    static ElevenLabsRefusal old(int status, String code, String message) {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("detail").put("status", code).put("message", message);
        return new ElevenLabsRefusal(status, message, body);
    }

    /** Of a field of the body. */
    static ElevenLabsRefusal malformed(String field, String type, String message) {
        var body = JsonNodeFactory.instance.objectNode();
        var fault = body.putArray("detail").addObject();
        fault.putArray("loc").add("body").add(field);
        fault.put("msg", message).put("type", type);
        return new ElevenLabsRefusal(422, message, body);
    }

    @Override
    public Answer answer() {
        return Answer.json(status, body);
    }
}
