package io.storyreel.api.file;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Authentication;
import io.storyreel.api.page.Parameters;
import io.storyreel.api.problem.ProblemAnswer;
import io.storyreel.common.problem.ProblemException;
import io.vertx.core.http.HttpMethod;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;
import java.util.function.BiFunction;

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

    /**
     * @param path below the workspace
     * @param choice which file of the workspace is wanted
     */
    public void add(Router router, String path, BiFunction<UUID, RoutingContext, Uni<FileDownload.Wanted>> choice) {
        router.route(WORKSPACE + path)
                .method(HttpMethod.GET)
                .method(HttpMethod.HEAD)
                .handler(context -> serve(context, choice));
    }

    private void serve(RoutingContext context, BiFunction<UUID, RoutingContext, Uni<FileDownload.Wanted>> choice) {
        try {
            String workspace = context.pathParam("workspace");
            authentication.callerIn(workspace, context.request());
            downloads.send(choice.apply(UUID.fromString(workspace), context), context);
        } catch (ProblemException refused) {
            problems.send(context, refused);
        }
    }

    /** The id in the path under {@code name}. */
    public static UUID id(RoutingContext context, String name) {
        return Parameters.id(name, context.pathParam(name));
    }
}
