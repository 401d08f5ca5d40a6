package io.storyreel.api.export;

import io.storyreel.api.render.JobAddress;
import io.storyreel.common.export.ExportParameters;
import io.storyreel.common.storyboard.OutputFormat;
import io.vertx.core.http.HttpServerRequest;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.time.Instant;
import java.util.UUID;

/** An export as clients see it. */
@Schema(name = "Export")
public record ExportAnswer(
        UUID exportId,
        @Schema(description = "Who makes it, or has made it: a job like any other") UUID jobId,
        @Schema(enumeration = {"pending", "processing", "completed", "failed", "canceled"}) String status,
        @Schema(description = "Percent", minimum = "0", maximum = "100") int progress,
        OutputFormat format,
        String quality,
        @Schema(description = "What the preset stood for when the export was asked for") ExportParameters parameters,
        @Schema(description = "The file; 404 until the status is completed") String url,
        @Schema(description = "The progress as server-sent events") String progressUrl,
        @Schema(description = "In bytes; null until it is completed") Long size,
        @Schema(description = "Its ETag; null until it is completed") String sha256,
        Double seconds,
        @Schema(description = "Of the picture, in pixels; null until it is completed") Integer width,
        Integer height,
        String errorCode,
        String errorMessage,
        Instant createdAt,
        Instant readyAt,
        @Schema(description = "When somebody last asked for it; unused ones are removed after a while")
                Instant lastUsedAt) {

    /** @param render the render under whose address it was asked for */
    static ExportAnswer of(VideoExport export, UUID render, HttpServerRequest http) {
        VideoExport.File file = export.file();
        return new ExportAnswer(
                export.id(),
                export.jobId(),
                export.status().wireName(),
                export.progress(),
                export.format(),
                export.quality(),
                export.parameters(),
                address(export, render, http) + "/file",
                JobAddress.of(http, export.workspaceId(), export.jobId()) + "/events",
                file == null ? null : file.size(),
                file == null ? null : file.sha256(),
                file == null ? null : file.seconds(),
                file == null ? null : file.width(),
                file == null ? null : file.height(),
                export.errorCode(),
                export.errorMessage(),
                export.createdAt(),
                file == null ? null : file.readyAt(),
                export.lastUsedAt());
    }

    static String address(VideoExport export, UUID render, HttpServerRequest http) {
        return JobAddress.of(http, export.workspaceId(), render) + "/exports/" + export.id();
    }
}
