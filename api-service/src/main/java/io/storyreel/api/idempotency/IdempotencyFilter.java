package io.storyreel.api.idempotency;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Authentication;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.RoutingContext;
import jakarta.ws.rs.Priorities;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ContainerResponseContext;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.Response;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;
import org.jboss.resteasy.reactive.server.ServerResponseFilter;

/**
 * Honours Idempotency-Key in front of every resource. Both filters answer null, which the framework takes for nothing to
 * wait for, to requests without a key: those are most, and some are in a hurry.
 */
public class IdempotencyFilter {
    private static final String KEYED = KeyedRequest.class.getName();
    private static final int AFTER_AUTHENTICATION = Priorities.USER + 100;

    private final Authentication authentication;
    private final Idempotency idempotency;

    public IdempotencyFilter(Authentication authentication, Idempotency idempotency) {
        this.authentication = authentication;
        this.idempotency = idempotency;
    }

    @ServerRequestFilter(nonBlocking = true, priority = AFTER_AUTHENTICATION)
    public Uni<Response> begin(ContainerRequestContext context, RoutingContext http) {
        HttpServerRequest request = http.request();
        if (!request.headers().contains(KeyedOperations.HEADER)
                || !KeyedOperations.include(request.method().name(), http.normalizedPath())) {
            return null;
        }
        KeyedRequest keyed = KeyedRequest.of(
                IdempotencyKey.of(request.headers().getAll(KeyedOperations.HEADER)),
                authentication.callerOf(request),
                context.getUriInfo().getPathParameters().getFirst("workspace"),
                request);
        context.setProperty(KEYED, keyed);
        http.addEndHandler(ended -> idempotency.leave(keyed));
        if (isUpload(context, http)) {
            keyed.awaitUpload();
            return null;
        }
        return RequestBody.read(context).chain(body -> idempotency.begin(keyed, RequestBody.digest(body)));
    }

    /** Its resource says what was uploaded once it knows, with {@link Idempotency#beginUpload}. */
    private static boolean isUpload(ContainerRequestContext context, RoutingContext http) {
        return http.normalizedPath().endsWith("/assets")
                && MediaType.MULTIPART_FORM_DATA_TYPE.isCompatible(context.getMediaType());
    }

    @ServerResponseFilter
    public Uni<Void> finish(ContainerRequestContext request, ContainerResponseContext response) {
        KeyedRequest keyed = (KeyedRequest) request.getProperty(KEYED);
        if (keyed == null || keyed.hold() == null) {
            return null;
        }
        Uni<Void> finished = idempotency.finish(keyed, response);
        if (keyed.wasMadeBefore()) {
            response.getHeaders().putSingle(KeyedOperations.REPLAYED, "true");
        }
        return finished;
    }
}
