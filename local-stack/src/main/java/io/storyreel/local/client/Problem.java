package io.storyreel.local.client;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * A refusal by the server (RFC 9457).
 *
 * @param code for programs, empty when the answer had none
 * @param errors one line per field
 */
public record Problem(int status, String code, String detail, List<String> errors) {

    private static final ObjectMapper JSON = new ObjectMapper();

    static Problem of(int status, byte[] body) {
        try {
            var json = JSON.readTree(body);
            if (json != null && json.isObject()) {
                return of(status, json);
            }
        } catch (IOException e) {
            return new Problem(status, "", "HTTP " + status, List.of());
        }
        return new Problem(status, "", "HTTP " + status, List.of());
    }

    private static Problem of(int status, JsonNode json) {
        var errors = new ArrayList<String>();
        for (var error : json.path("errors")) {
            errors.add(
                    error.path("field").asText() + ": " + error.path("message").asText());
        }
        var title = json.path("title").asText("HTTP " + status);
        return new Problem(
                status, json.path("code").asText(""), json.path("detail").asText(title), errors);
    }
}
