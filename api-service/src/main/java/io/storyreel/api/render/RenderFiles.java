package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.file.FileDownload.Wanted;
import io.storyreel.common.job.JobStore;
import io.storyreel.common.job.JobView;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Which files a finished render has. */
@ApplicationScoped
class RenderFiles {
    private final JobStore jobs;

    RenderFiles(JobStore jobs) {
        this.jobs = jobs;
    }

    Uni<Wanted> video(UUID workspace, UUID job) {
        return file(workspace, job, RenderFile.VIDEO);
    }

    Uni<Wanted> poster(UUID workspace, UUID job) {
        return file(workspace, job, RenderFile.POSTER);
    }

    Uni<Wanted> captions(UUID workspace, UUID job, CaptionFormat format) {
        return file(workspace, job, format.file());
    }

    private Uni<Wanted> file(UUID workspace, UUID job, RenderFile file) {
        return jobs.find(workspace, job).map(found -> {
            if (found == null) {
                throw new ProblemException(ProblemCode.NOT_FOUND, "There is no job " + job + " in this workspace.");
            }
            return wanted(found, file);
        });
    }

    private static Wanted wanted(JobView job, RenderFile file) {
        RenderResult result = RenderResult.parse(job.result());
        if (file.keyIn(result) == null && result.removed() != null) {
            throw result.removed().problem("The files of job " + job.id());
        }
        if (file.keyIn(result) == null) {
            throw new ProblemException(
                    ProblemCode.NOT_FOUND,
                    "Job " + job.id() + " has no " + file.word() + "; it is "
                            + job.status().wireName() + ".");
        }
        return file.of(result, job.projectId(), disposition(job.id(), file.extensionIn(result)));
    }

    /** Shown in the page, and saved under a name that is unique to the render. */
    private static String disposition(UUID job, String extension) {
        return "inline; filename=\"storyreel-" + job + extension + "\"";
    }
}
