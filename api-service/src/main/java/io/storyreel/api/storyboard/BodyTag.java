package io.storyreel.api.storyboard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.storyreel.common.provider.TextDigest;
import jakarta.enterprise.context.ApplicationScoped;

/** Entity tags of answers that are put together of several rows: another answer has another tag, the same has the same. */
@ApplicationScoped
class BodyTag {
    private static final int LENGTH = 32;

    private final ObjectMapper json;

    BodyTag(ObjectMapper json) {
        this.json = json;
    }

    /** Without quotes. */
    String of(Object body) {
        try {
            return TextDigest.of(json.writeValueAsString(body)).substring(0, LENGTH);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer must always have a JSON form", e);
        }
    }
}
