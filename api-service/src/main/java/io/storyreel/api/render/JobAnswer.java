package io.storyreel.api.render;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.databind.JsonNode;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.job.JobPriority;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.job.JobView;
import io.storyreel.common.ledger.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;

/** A render as clients see it. */
@Schema(name = "RenderJob")
public record JobAnswer(
        UUID jobId,
        UUID taskId,
        UUID projectId,
        @Schema(description = "Title of the project; null once that is deleted") String title,
        String kind,
        @Schema(enumeration = {"pending", "processing", "completed", "failed", "canceled"}) String status,
        @Schema(description = "Percent; never falls", minimum = "0", maximum = "100") int progress,
        String message,
        String stage,
        Scenes scenes,
        List<String> videoUrls,
        String posterUrl,
        String captionsUrl,
        @Schema(description = "When the files were removed because they had been kept long enough; otherwise null")
                Instant filesRemovedAt,
        String errorMessage,
        String errorCode,
        int attempts,
        @JsonInclude(JsonInclude.Include.NON_NULL) Waiting waiting,
        String provider,
        @Schema(description = "Which of the jobs that wait for a worker is begun first") JobPriority priority,
        Cost cost,
        List<RawResult> rawResults,
        List<String> warnings,
        Instant createdAt,
        Instant startedAt,
        Instant completedAt) {

    @Schema(name = "SceneCount")
    public record Scenes(int total, int completed) {}

    /** Why nothing moves. */
    @Schema(name = "Waiting")
    public record Waiting(
            String reason,
            Instant since,
            @Schema(description = "When it goes on; null if nobody knows") Instant until,
            @Schema(description = "Place in the queue, from 1; null if nobody knows") Integer position,
            @Schema(description = "Who is waited for; null for a worker of ours") String provider,
            @Schema(
                            description =
                                    "How long such a render usually takes from its beginning, less what this one has"
                                            + " been at work already; null without past renders of the provider")
                    Double estimateSeconds) {
        /**
         * Null if the job waits for nothing.
         *
         * @param place in our queue; null if it is not known
         * @param usual how long renders of the provider take; null if it is not known
         */
        static Waiting of(JobView job, Integer place, Duration usual, Instant now) {
            if (job.isQueued()) {
                Instant since = job.waitingSince() == null ? job.createdAt() : job.waitingSince();
                return new Waiting(JobChange.QUEUE, since, null, place, null, left(job, usual, now));
            }
            return job.waitingReason() == null
                    ? null
                    : new Waiting(
                            job.waitingReason(),
                            job.waitingSince(),
                            job.waitingUntil(),
                            job.waitingPosition(),
                            job.waitingProvider(),
                            left(job, usual, now));
        }

        private static Double left(JobView job, Duration usual, Instant now) {
            if (usual == null) {
                return null;
            }
            Duration worked = job.startedAt() == null ? Duration.ZERO : Duration.between(job.startedAt(), now);
            return Math.max(0, usual.minus(worked).toMillis() / 1e3);
        }
    }

    /** Rounded to the cent. */
    public record Cost(
            @Schema(description = "null if nobody could say") BigDecimal estimated,
            BigDecimal actual,
            @Schema(
                            description =
                                    "What may have been charged besides, at most: by calls that had no answer, so that"
                                            + " nobody will ever know")
                    BigDecimal possible,
            String currency) {}

    /** The same in the words of the custom render contract. */
    public record RawResult(String status, List<String> videoUrls, JsonNode extra) {}

    /**
     * @param base address of the job, without a slash at the end
     * @param waiting null if the job waits for nothing
     */
    static JobAnswer of(JobView job, String base, Waiting waiting) {
        RenderResult result = RenderResult.parse(job.result());
        boolean hasVideo = job.status() == JobStatus.COMPLETED && result.video() != null;
        List<String> videos = hasVideo ? List.of(base + "/video") : List.of();
        return new JobAnswer(
                job.id(),
                job.id(),
                job.projectId(),
                job.title(),
                job.kind().wireName(),
                job.status().wireName(),
                job.progress(),
                job.message(),
                job.stage(),
                new Scenes(job.scenesTotal(), job.scenesCompleted()),
                videos,
                hasVideo && result.poster() != null ? base + "/poster" : null,
                hasVideo && result.captions() != null ? base + "/captions?format=srt" : null,
                result.removed() == null ? null : result.removed().at(),
                job.errorMessage(),
                job.errorCode(),
                job.attempts(),
                waiting,
                job.provider(),
                job.priority(),
                cost(job),
                hasVideo ? List.of(new RawResult("completed", videos, result.json())) : List.of(),
                result.warnings(),
                job.createdAt(),
                job.startedAt(),
                job.completedAt());
    }

    static Cost cost(JobView job) {
        return new Cost(
                Money.shown(job.costEstimated()),
                Money.shown(job.costActual()),
                Money.atMost(job.costPossible()),
                Money.CURRENCY);
    }
}
