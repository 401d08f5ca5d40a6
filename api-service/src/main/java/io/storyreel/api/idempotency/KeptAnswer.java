package io.storyreel.api.idempotency;

import com.fasterxml.jackson.databind.ObjectMapper;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.HttpHeaders;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.GZIPInputStream;
import java.util.zip.GZIPOutputStream;

/**
 * An answer as it is given again.
 *
 * @param headers all of the resource's own; those of the connection are made anew
 * @param body null for none
 */
record KeptAnswer(int status, Map<String, String> headers, byte[] body) {

    static KeptAnswer of(ContainerResponseContext response, ObjectMapper json) throws IOException {
        Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
        response.getStringHeaders().keySet().forEach(name -> headers.put(name, response.getHeaderString(name)));
        headers.remove(HttpHeaders.SET_COOKIE);
        headers.remove(HttpHeaders.CONTENT_LENGTH);
        Object entity = response.getEntity();
        headers.putIfAbsent(HttpHeaders.CONTENT_TYPE, MediaType.APPLICATION_JSON + ";charset=UTF-8");
        return new KeptAnswer(response.getStatus(), headers, entity == null ? null : json.writeValueAsBytes(entity));
    }

    Response replayed() {
        Response.ResponseBuilder response = Response.status(status).header(KeyedOperations.REPLAYED, "true");
        headers.forEach((name, value) -> {
            if (body != null || !name.equalsIgnoreCase(HttpHeaders.CONTENT_TYPE)) {
                response.header(name, value);
            }
        });
        return response.entity(body).build();
    }

    byte[] compressed(ObjectMapper json) throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
            zip.write(json.writeValueAsBytes(this));
        }
        return bytes.toByteArray();
    }

    static KeptAnswer parse(byte[] compressed, ObjectMapper json) throws IOException {
        try (GZIPInputStream zip = new GZIPInputStream(new ByteArrayInputStream(compressed))) {
            return json.readValue(zip.readAllBytes(), KeptAnswer.class);
        }
    }
}
