package io.storyreel.local.speech;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import com.sun.net.httpserver.HttpExchange;

import java.io.IOException;
import java.util.Base64;

import static java.nio.charset.StandardCharsets.UTF_8;

/** The answers of OpenAI's endpoint on the wire. */
final class SpeechAnswer {

    private SpeechAnswer() {}

    static void sendEvents(HttpExchange exchange, SpeechRequest request, byte[] audio) throws IOException {
        var delta = JsonNodeFactory.instance
                .objectNode()
                .put("type", "speech.audio.delta")
                .put("audio", Base64.getEncoder().encodeToString(audio));
        var done = JsonNodeFactory.instance.objectNode().put("type", "speech.audio.done");
        done.putObject("usage")
                .put("input_tokens", request.input().length() / 4 + 1)
                .put("output_tokens", audio.length / 1000 + 1)
                .put("total_tokens", request.input().length() / 4 + audio.length / 1000 + 2);
        send(exchange, 200, "text/event-stream", ("data: " + delta + "\n\ndata: " + done + "\n\n").getBytes(UTF_8));
    }

    static void refuse(HttpExchange exchange, SpeechError error) throws IOException {
        if (error.status() == 429) {
            exchange.getResponseHeaders().set("retry-after", "1");
        }
        sendJson(exchange, error.status(), error.describe());
    }

    static void sendJson(HttpExchange exchange, int status, JsonNode body) throws IOException {
        send(exchange, status, "application/json", body.toString().getBytes(UTF_8));
    }

    static void send(HttpExchange exchange, int status, String contentType, byte[] body) throws IOException {
        if (exchange.getResponseCode() != -1) {
            return; // the failure came after the answer had begun: closing the connection says so
        }
        exchange.getResponseHeaders().set("Content-Type", contentType);
        exchange.sendResponseHeaders(status, body.length);
        exchange.getResponseBody().write(body);
    }
}
