package io.storyreel.common.job;

import io.storyreel.common.job.JobEvent.Type;

import java.math.BigDecimal;
import java.time.Duration;

/**
 * What the holder of a lease wants to be true of a job from now on, and how the history tells it. Made by the factory
 * methods.
 *
 * @param status the status afterwards
 * @param type the event it is recorded as
 * @param position how far the job has come
 * @param step a step that this change finishes, or null
 * @param waiting what the job waits for, or null if it is working or has ended
 * @param failure what went wrong, or null
 * @param outcome what the job made and cost, or null while it has not ended
 */
public record JobChange(
        JobStatus status, Type type, Position position, Step step, Waiting waiting, Failure failure, Outcome outcome) {

    /** The reason to wait of a job that waits for a worker. */
    public static final String QUEUE = "queue";

    /**
     * A null leaves what stands.
     *
     * @param progress 0 to 100; the stored value never falls
     * @param scene index of the scene that the message speaks of
     */
    public record Position(Integer progress, String stage, String message, Integer scene, Integer scenesCompleted) {
        static Position saying(String message) {
            return new Position(null, null, message, null, null);
        }
    }

    /** A step whose result is kept: it is skipped when the job starts again. */
    public record Step(String name, String resultJson) {}

    /**
     * @param delay how long, if known; a job that goes back to the queue is not claimed before
     * @param position in the queue of {@code provider}, from 0; null if unknown
     * @param provider whom the job waits for; null if it is nobody outside
     */
    public record Waiting(String reason, Duration delay, Integer position, String provider) {
        Waiting(String reason, Duration delay) {
            this(reason, delay, null, null);
        }
    }

    /**
     * @param code for programs
     * @param message for the user: what went wrong and what to change
     * @param retry whether the job is tried again
     */
    public record Failure(String code, String message, boolean retry) {}

    /** @param costActual in USD, exact; null if unknown */
    public record Outcome(String resultJson, BigDecimal costActual) {}

    public static JobChange progress(int percent, String stage, String message) {
        return new JobChange(
                JobStatus.PROCESSING,
                Type.PROGRESS,
                new Position(percent, stage, message, null, null),
                null,
                null,
                null,
                null);
    }

    /** The job waits for something outside itself, such as a provider's queue. */
    public static JobChange waiting(String stage, String message, Waiting waiting) {
        return new JobChange(
                JobStatus.PROCESSING,
                Type.WAITING,
                new Position(null, stage, message, null, null),
                null,
                waiting,
                null,
                null);
    }

    /** Back to the queue after a transient failure. */
    public static JobChange retryAfter(Duration delay, String code, String message) {
        return new JobChange(
                JobStatus.PENDING,
                Type.WAITING,
                Position.saying(message),
                null,
                new Waiting("retry", delay),
                new Failure(code, message, true),
                null);
    }

    /** Back to the queue at once, because this worker is stopping; not a failure. */
    public static JobChange handBack() {
        return new JobChange(
                JobStatus.PENDING,
                Type.WAITING,
                Position.saying("Waiting for another worker"),
                null,
                new Waiting(QUEUE, Duration.ZERO),
                null,
                null);
    }

    public static JobChange completed(String message, String resultJson, BigDecimal costActual) {
        return new JobChange(
                JobStatus.COMPLETED,
                Type.COMPLETED,
                new Position(100, null, message, null, null),
                null,
                null,
                null,
                new Outcome(resultJson, costActual));
    }

    public static JobChange failed(String code, String message, BigDecimal costActual) {
        return new JobChange(
                JobStatus.FAILED,
                Type.FAILED,
                Position.saying(message),
                null,
                null,
                new Failure(code, message, false),
                new Outcome(null, costActual));
    }

    public static JobChange canceled(BigDecimal costActual) {
        return new JobChange(
                JobStatus.CANCELED,
                Type.CANCELED,
                Position.saying("Canceled"),
                null,
                null,
                null,
                new Outcome(null, costActual));
    }

    /** The same change, speaking of one scene and of how many are done by now. */
    public JobChange ofScene(Integer sceneIndex, Integer scenesCompleted) {
        Position told =
                new Position(position.progress(), position.stage(), position.message(), sceneIndex, scenesCompleted);
        return new JobChange(status, type, told, step, waiting, failure, outcome);
    }

    /** The same change, which also marks a step as finished. */
    public JobChange finishing(String step, String resultJson) {
        return new JobChange(status, type, position, new Step(step, resultJson), waiting, failure, outcome);
    }
}
