package io.storyreel.local.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;

/** A request that is refused, in the terms of OpenAI's error body. */
public final class SpeechError extends Exception {

    private static final long serialVersionUID = 1L;

    private final int status;
    private final String type;
    private final String param;
    private final String code;

    public SpeechError(int status, String type, String param, String code, String message) {
        super(message);
        this.status = status;
        this.type = type;
        this.param = param;
        this.code = code;
    }

    public static SpeechError invalid(String param, String code, String message) {
        return new SpeechError(400, "invalid_request_error", param, code, message);
    }

    static SpeechError invalidKey() {
        return new SpeechError(
                401,
                "invalid_request_error",
                null,
                "invalid_api_key",
                "Incorrect API key provided. Send 'Authorization: Bearer <key>' with the key of this server.");
    }

    static SpeechError noModel(String model) {
        return new SpeechError(
                404,
                "invalid_request_error",
                "model",
                "model_not_found",
                "The model '" + model + "' does not exist or you do not have access to it.");
    }

    public static SpeechError noSuchUrl(String method, String path) {
        return new SpeechError(
                404, "invalid_request_error", null, "unknown_url", "Unknown request URL: " + method + " " + path + ".");
    }

    static SpeechError tooManyRequests() {
        return new SpeechError(
                429, "requests", null, "rate_limit_exceeded", "Too many texts are waiting to be spoken; try again.");
    }

    static SpeechError internal() {
        return new SpeechError(500, "server_error", null, null, "The server had an error while speaking the text.");
    }

    /** The body of the answer. */
    public JsonNode describe() {
        var body = JsonNodeFactory.instance.objectNode();
        body.putObject("error")
                .put("message", getMessage())
                .put("type", type)
                .put("param", param)
                .put("code", code);
        return body;
    }

    public int status() {
        return status;
    }
}
