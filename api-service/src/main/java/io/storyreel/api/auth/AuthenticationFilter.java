package io.storyreel.api.auth;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.container.ContainerRequestContext;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.SimpleResourceInfo;

/** Lets nobody past without a good token; a path that names a workspace needs a token that names it too. */
public class AuthenticationFilter {
    private static final String WORKSPACE = "workspace";

    private final Authentication authentication;

    public AuthenticationFilter(Authentication authentication) {
        this.authentication = authentication;
    }

    @ServerRequestFilter(nonBlocking = true)
    public void authenticate(ContainerRequestContext context, HttpServerRequest request, SimpleResourceInfo resource) {
        String workspace = context.getUriInfo().getPathParameters().getFirst(WORKSPACE);
        if (workspace != null) {
            authentication.callerIn(workspace, request);
        } else if (!resource.getResourceClass().isAnnotationPresent(Open.class)) {
            authentication.callerOf(request);
        }
    }
}
