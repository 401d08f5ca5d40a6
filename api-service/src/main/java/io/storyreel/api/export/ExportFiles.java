package io.storyreel.api.export;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.file.FileDownload.Wanted;
import io.storyreel.api.file.FileRoute;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.UUID;

/** The files of exports. */
@ApplicationScoped
class ExportFiles {
    private final FileRoute route;
    private final ExportedVideos videos;
    private final VideoExports exports;

    ExportFiles(FileRoute route, ExportedVideos videos, VideoExports exports) {
        this.route = route;
        this.videos = videos;
        this.exports = exports;
    }

    void register(@Observes Router router) {
        route.add(
                router,
                "/render/jobs/:job/exports/:export/file",
                (workspace, context) -> file(workspace, FileRoute.id(context, "job"), FileRoute.id(context, "export")));
    }

    private Uni<Wanted> file(UUID workspace, UUID job, UUID export) {
        return videos.ofRender(workspace, job)
                .chain(video -> exports.find(video, export))
                .chain(this::wanted);
    }

    /** The file of an export that has one; keeps it from being removed for a while. */
    Uni<Wanted> wanted(VideoExport export) {
        if (export.file() == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "The export has no file yet; it is " + export.status().wireName() + ".");
        }
        return exports.used(export.id())
                .replaceWith(new Wanted(
                        export.file().key(),
                        export.file().mediaType(),
                        export.file().sha256(),
                        disposition(export),
                        export.projectId()));
    }

    /** Saved under a name that is unique to the video and says which of its files it is; presets have plain names. */
    private static String disposition(VideoExport export) {
        return "attachment; filename=\"storyreel-" + export.projectId() + "-" + export.quality() + "."
                + export.format().extension() + "\"";
    }
}
