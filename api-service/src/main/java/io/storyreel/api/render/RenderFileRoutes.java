package io.storyreel.api.render;

import io.storyreel.api.file.FileRoute;
import io.storyreel.api.page.Parameters;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.List;

/** What a finished render made: its video, poster and captions. */
@ApplicationScoped
class RenderFileRoutes {
    private static final String JOB = "/render/jobs/:job";

    private final FileRoute route;
    private final RenderFiles files;

    RenderFileRoutes(FileRoute route, RenderFiles files) {
        this.route = route;
        this.files = files;
    }

    void register(@Observes Router router) {
        route.add(router, JOB + "/video", (workspace, context) -> files.video(workspace, FileRoute.id(context, "job")));
        route.add(
                router, JOB + "/poster", (workspace, context) -> files.poster(workspace, FileRoute.id(context, "job")));
        route.add(
                router,
                JOB + "/captions",
                (workspace, context) -> files.captions(workspace, FileRoute.id(context, "job"), format(context)),
                "format");
    }

    private static CaptionFormat format(RoutingContext context) {
        List<String> asked = context.queryParam("format");
        return asked.isEmpty() ? CaptionFormat.SRT : Parameters.oneOf("format", asked.get(0), CaptionFormat.class);
    }
}
