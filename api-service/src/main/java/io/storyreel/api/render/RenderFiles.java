package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.file.FileDownload.Wanted;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;
import java.util.function.Function;

/** Which files a finished render has. */
@ApplicationScoped
class RenderFiles {
    private final JobStore jobs;

    RenderFiles(JobStore jobs) {
        this.jobs = jobs;
    }

    Uni<Wanted> video(UUID workspace, UUID job) {
        return file(
                workspace,
                job,
                "video",
                result -> result.video() == null
                        ? null
                        : new Wanted(
                                result.video().key(),
                                result.video().mediaType(),
                                result.video().sha256(),
                                disposition(job, result.video().key())));
    }

    Uni<Wanted> poster(UUID workspace, UUID job) {
        return file(
                workspace,
                job,
                "poster",
                result -> result.poster() == null
                        ? null
                        : new Wanted(
                                result.poster().key(),
                                result.poster().key().endsWith(".png") ? "image/png" : "image/jpeg",
                                null,
                                disposition(job, result.poster().key())));
    }

    Uni<Wanted> captions(UUID workspace, UUID job, CaptionFormat format) {
        return file(workspace, job, "captions", result -> {
            String key = result.captions() == null ? null : format.keyIn(result.captions());
            return key == null ? null : new Wanted(key, format.mediaType(), null, disposition(job, key));
        });
    }

    private Uni<Wanted> file(UUID workspace, UUID job, String what, Function<RenderResult, Wanted> choice) {
        return jobs.find(workspace, job).map(found -> {
            if (found == null) {
                throw new ProblemException(ProblemCode.NOT_FOUND, "There is no job " + job + " in this workspace.");
            }
            Wanted wanted = choice.apply(RenderResult.parse(found.result()));
            if (wanted == null) {
                throw new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "Job " + job + " has no " + what + "; it is "
                                + found.status().wireName() + ".");
            }
            return wanted;
        });
    }

    /** Shown in the page, and saved under a name that is unique to the render. */
    private static String disposition(UUID job, String key) {
        int dot = key.lastIndexOf('.');
        return "inline; filename=\"storyreel-" + job + (dot < 0 ? "" : key.substring(dot)) + "\"";
    }
}
