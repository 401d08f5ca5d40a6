package io.storyreel.api.storyboard;

import io.storyreel.api.file.FileRoute;
import io.storyreel.api.page.Parameters;
import io.storyreel.api.render.CaptionFormat;
import io.storyreel.api.render.ProjectFiles;
import io.storyreel.api.render.RenderFile;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.List;
import java.util.function.Function;

/** The last finished video of a job, its poster and captions, saved under the job's title. */
@ApplicationScoped
class StoryboardFileRoutes {
    private static final String JOB = "/api/v2/jobs/:job";
    private static final String SHOWN = "inline";
    private static final String SAVED = "attachment";

    private final FileRoute route;
    private final ProjectFiles files;

    StoryboardFileRoutes(FileRoute route, ProjectFiles files) {
        this.route = route;
        this.files = files;
    }

    void register(@Observes Router router) {
        add(router, JOB + "/video", any -> RenderFile.VIDEO, SAVED);
        add(router, "/api/videos/:job/data", any -> RenderFile.VIDEO, SAVED);
        add(router, JOB + "/poster", any -> RenderFile.POSTER, SHOWN);
        add(router, JOB + "/captions", context -> format(context).file(), SAVED, "format");
    }

    private void add(
            Router router,
            String path,
            Function<RoutingContext, RenderFile> file,
            String disposition,
            String... parameters) {
        route.addAnywhere(
                router,
                path,
                (caller, context) ->
                        files.find(caller.workspaces(), FileRoute.id(context, "job"), file.apply(context), disposition),
                parameters);
    }

    private static CaptionFormat format(RoutingContext context) {
        List<String> asked = context.queryParam("format");
        return asked.isEmpty() ? CaptionFormat.SRT : Parameters.oneOf("format", asked.get(0), CaptionFormat.class);
    }
}
