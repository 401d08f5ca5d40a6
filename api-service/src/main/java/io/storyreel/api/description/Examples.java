package io.storyreel.api.description;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.ObjectMapper;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Map;

/**
 * Examples of bodies, by the name of their schema: answers of a running server, shortened, and where it takes a paid
 * provider to get one, written by hand. A test compares each with its schema.
 */
final class Examples {
    private static final String FILE = "/openapi-examples.json";

    private Examples() {}

    static void describe(OpenAPI document) {
        Map<String, Schema> schemas = document.getComponents().getSchemas();
        read().forEach((name, example) -> {
            Schema schema = schemas.get(name);
            if (schema == null) {
                throw new IllegalStateException(FILE + " has an example of " + name + ", which nobody describes");
            }
            schema.setExamples(List.of(example));
        });
    }

    private static Map<String, Object> read() {
        try (InputStream file = Examples.class.getResourceAsStream(FILE)) {
            return new ObjectMapper().readValue(file, new TypeReference<Map<String, Object>>() {});
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
