package io.storyreel.api.studio;

import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

/**
 * Answers the studio's own paths with its index page; the page's script then shows what the path names (see {@code
 * web/app/routes.ts}).
 *
 * <p>The paths are listed one by one. A catch-all would turn a mistyped API address into a 200 with HTML.
 */
@ApplicationScoped
class StudioRoutes {

    private static final String INDEX = "/";

    void register(@Observes Router router) {
        router.route(HttpMethod.GET, "/signin").handler(StudioRoutes::index);
        router.route(HttpMethod.GET, "/renders/:jobId").handler(StudioRoutes::index);
    }

    private static void index(RoutingContext request) {
        request.reroute(INDEX);
    }
}
