package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.provider.PastDurations;
import io.storyreel.api.queue.QueuePositions;
import io.storyreel.api.queue.WaitingLine;
import io.storyreel.api.queue.WaitingLine.Waiter;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.job.JobView;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;

/** Jobs as clients see them, with what those wait for that wait. */
@ApplicationScoped
class JobAnswers {
    private final QueuePositions positions;
    private final PastDurations durations;
    private final Clock clock;

    JobAnswers(QueuePositions positions, PastDurations durations, Clock clock) {
        this.positions = positions;
        this.durations = durations;
        this.clock = clock;
    }

    Uni<JobAnswer> of(JobView job, HttpServerRequest http) {
        return among(List.of(job), http).map(answers -> answers.apply(job));
    }

    /** Tells of each of the jobs. Asks nobody unless one of them is pending. */
    Uni<Function<JobView, JobAnswer>> among(Collection<JobView> jobs, HttpServerRequest http) {
        boolean queued = jobs.stream().anyMatch(job -> job.status() == JobStatus.PENDING);
        Uni<WaitingLine> line = queued ? positions.line() : Uni.createFrom().nullItem();
        return line.map(waiting -> job -> JobAnswer.of(
                job,
                JobAddress.of(http, job.workspaceId(), job.id()),
                JobAnswer.Waiting.of(job, place(waiting, job), durations.ofJob(job.provider()), clock.instant())));
    }

    private static Integer place(WaitingLine line, JobView job) {
        return line == null ? null : Integer.valueOf(line.placeOf(Waiter.of(job)));
    }
}
