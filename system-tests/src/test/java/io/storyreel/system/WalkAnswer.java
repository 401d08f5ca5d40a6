package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;

import java.net.http.HttpHeaders;

/**
 * What the API said to one call of a walk.
 *
 * @param text the body as it came
 * @param body the same as JSON; missing where there is no body, or none of JSON
 */
record WalkAnswer(int status, HttpHeaders headers, String text, JsonNode body) {

    boolean succeeded() {
        return status < 400;
    }

    String code() {
        return body.path("code").asText();
    }

    String header(String name) {
        return headers.firstValue(name).orElse("");
    }

    @Override
    public String toString() {
        String shown = body.isMissingNode() ? "" : body.toString();
        return status + " " + (shown.length() <= 400 ? shown : shown.substring(0, 400) + "\u2026");
    }
}
