package io.storyreel.api.scene;

import io.vertx.core.http.HttpServerRequest;
import org.jboss.resteasy.reactive.RestResponse;

import java.util.Locale;

/** What a client prefers to waiting; see RFC 7240. */
final class Preference {
    private static final String ASYNC = "respond-async";

    private Preference() {}

    static boolean isNotToWait(HttpServerRequest request) {
        return request.headers().getAll("Prefer").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(ASYNC));
    }

    /** The answer to it. */
    static RestResponse<Object> accepted(String location, Object entity) {
        return RestResponse.ResponseBuilder.create(202)
                .header("Location", location)
                .header("Preference-Applied", ASYNC)
                .entity(entity)
                .build();
    }
}
