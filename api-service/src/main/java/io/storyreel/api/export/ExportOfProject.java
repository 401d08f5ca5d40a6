package io.storyreel.api.export;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Authentication;
import io.storyreel.api.auth.Caller;
import io.storyreel.api.file.FileDownload;
import io.storyreel.api.file.FileDownload.Wanted;
import io.storyreel.api.file.FileRoute;
import io.storyreel.api.page.Parameters;
import io.storyreel.api.problem.ProblemAnswer;
import io.storyreel.api.render.TraceContext;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.storyboard.OutputFormat;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.List;
import java.util.Locale;
import java.util.UUID;

/** {@code GET /api/v2/jobs/{job_id}/export}: the file itself, which the request waits for if it has to be made. */
@ApplicationScoped
class ExportOfProject {
    private static final String PATH = "/api/v2/jobs/:job/export";
    private static final String ASYNC = "respond-async";
    private static final String DEFAULT_QUALITY = "high";

    private final Authentication authentication;
    private final ExportedVideos videos;
    private final Exports exports;
    private final ExportWait wait;
    private final ExportFiles files;
    private final ExportTicket ticket;
    private final FileDownload downloads;
    private final ProblemAnswer problems;

    ExportOfProject(
            Authentication authentication,
            ExportedVideos videos,
            Exports exports,
            ExportWait wait,
            ExportFiles files,
            ExportTicket ticket,
            FileDownload downloads,
            ProblemAnswer problems) {
        this.authentication = authentication;
        this.videos = videos;
        this.exports = exports;
        this.wait = wait;
        this.files = files;
        this.ticket = ticket;
        this.downloads = downloads;
        this.problems = problems;
    }

    void register(@Observes Router router) {
        router.get(PATH).order(RouteConstants.ROUTE_ORDER_DEFAULT).handler(this::serve);
    }

    private void serve(RoutingContext context) {
        try {
            Caller caller = authentication.callerOf(context.request());
            Parameters.requireKnown(context, "format", "quality");
            UUID project = FileRoute.id(context, "job");
            ExportChoice choice = choice(context);
            Uni<VideoExport> ordered = videos.ofProject(caller.workspaces(), project)
                    .chain(video -> exports.order(video, List.of(choice), traceOf(context.request())))
                    .map(one -> one.get(0));
            if (wantsNoWaiting(context.request())) {
                ordered.subscribe()
                        .with(export -> answer(export, caller, context), failed -> problems.send(context, failed));
            } else {
                downloads.send(ordered.chain(export -> waited(export, context)), caller, context);
            }
        } catch (ProblemException refused) {
            problems.send(context, refused);
        }
    }

    private void answer(VideoExport export, Caller caller, RoutingContext context) {
        if (export.file() == null) {
            ticket.send(export, context);
        } else {
            downloads.send(files.wanted(export), caller, context);
        }
    }

    private Uni<Wanted> waited(VideoExport export, RoutingContext context) {
        if (export.file() != null) {
            return files.wanted(export);
        }
        return wait.requireFfmpeg()
                .chain(() ->
                        wait.finished(export.id(), () -> !context.response().closed()))
                .chain(files::wanted);
    }

    private static ExportChoice choice(RoutingContext context) {
        OutputFormat format = Parameters.oneOf("format", first(context, "format"), OutputFormat.class);
        String quality = first(context, "quality");
        return new ExportChoice(
                format == null ? OutputFormat.MP4 : format, quality == null ? DEFAULT_QUALITY : quality);
    }

    private static String first(RoutingContext context, String name) {
        List<String> values = context.queryParam(name);
        return values.isEmpty() ? null : values.get(0);
    }

    private static boolean wantsNoWaiting(HttpServerRequest request) {
        return request.headers().getAll("Prefer").stream()
                .anyMatch(value -> value.toLowerCase(Locale.ROOT).contains(ASYNC));
    }

    private static String traceOf(HttpServerRequest request) {
        return TraceContext.valid(request.getHeader("traceparent"));
    }
}
