package io.storyreel.api.render;

import io.vertx.core.http.HttpServerRequest;

import java.util.UUID;

/**
 * Addresses of jobs, as the client that asks would write them. Behind a proxy they follow the X-Forwarded headers if
 * {@code quarkus.http.proxy.*} says that the proxy may be believed.
 */
public final class JobAddress {
    private JobAddress() {}

    public static String of(HttpServerRequest request, UUID workspace, UUID job) {
        String scheme = request.scheme();
        String authority = String.valueOf(request.authority());
        return scheme + "://" + authority + "/api/v1/video/workspaces/" + workspace + "/render/jobs/" + job;
    }
}
