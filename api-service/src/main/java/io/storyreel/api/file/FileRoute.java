package io.storyreel.api.file;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Authentication;
import io.storyreel.api.auth.Caller;
import io.storyreel.api.page.Parameters;
import io.storyreel.api.problem.ProblemAnswer;
import io.storyreel.common.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Route;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;
import java.util.function.BiFunction;
import java.util.function.Supplier;

/**
 * Makes routes that answer with files. They are routes and not resource methods because those cannot hold back a file
 * for a slow reader and name its length at the same time.
 */
@ApplicationScoped
public class FileRoute {
    private static final String WORKSPACE = "/api/v1/video/workspaces/:workspace";

    private final Authentication authentication;
    private final FileDownload downloads;
    private final ProblemAnswer problems;

    public FileRoute(Authentication authentication, FileDownload downloads, ProblemAnswer problems) {
        this.authentication = authentication;
        this.downloads = downloads;
        this.problems = problems;
    }

    /** Which file is wanted; fails with a problem if there is none. */
    @FunctionalInterface
    public interface Choice {
        Uni<FileDownload.Wanted> of(Caller caller, RoutingContext context);
    }

    /**
     * @param path below the workspace
     * @param choice which file of the workspace is wanted
     * @param parameters of the query that are known
     */
    public void add(
            Router router,
            String path,
            BiFunction<UUID, RoutingContext, Uni<FileDownload.Wanted>> choice,
            String... parameters) {
        route(router, WORKSPACE + path).handler(context -> {
            String workspace = context.pathParam("workspace");
            serve(
                    context,
                    () -> authentication.callerIn(workspace, context.request()),
                    (caller, same) -> choice.apply(UUID.fromString(workspace), same),
                    parameters);
        });
    }

    /**
     * @param path the whole of it; it names no workspace, so the choice has to look after what the caller may see
     * @param parameters of the query that are known
     */
    public void addAnywhere(Router router, String path, Choice choice, String... parameters) {
        route(router, path)
                .order(RouteConstants.ROUTE_ORDER_DEFAULT)
                .handler(context ->
                        serve(context, () -> authentication.callerOf(context.request()), choice, parameters));
    }

    private static Route route(Router router, String path) {
        return router.route(path).method(HttpMethod.GET).method(HttpMethod.HEAD);
    }

    private void serve(RoutingContext context, Supplier<Caller> authenticated, Choice choice, String... parameters) {
        try {
            Caller caller = authenticated.get();
            Parameters.requireKnown(context, parameters);
            downloads.send(choice.of(caller, context), caller, context);
        } catch (ProblemException refused) {
            problems.send(context, refused);
        }
    }

    /** The id in the path under {@code name}. */
    public static UUID id(RoutingContext context, String name) {
        return Parameters.id(name, context.pathParam(name));
    }
}
