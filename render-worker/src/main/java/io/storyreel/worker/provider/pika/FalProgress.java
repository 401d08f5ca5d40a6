package io.storyreel.worker.provider.pika;

import io.storyreel.worker.provider.PollPace;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.http.AnswerFields;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.StrangeStates;
import io.vertx.core.json.JsonObject;

import java.time.Duration;

/**
 * fal's states in terms of ours.
 *
 * @param pace of questions about a clip that is made
 * @param behindOthers of questions about a clip that has many before it
 * @param strange keeps what is told of states that fal's pages do not know
 */
record FalProgress(PollPace pace, PollPace behindOthers, StrangeStates strange) {
    private static final Duration GROWING = Duration.ofSeconds(20);
    private static final double JITTER = 0.2;
    private static final int MANY = 5;

    static FalProgress of(PikaSettings settings, StrangeStates strange) {
        PikaSettings.Pace poll = settings.poll();
        return new FalProgress(
                new PollPace(poll.shortest(), poll.longest(), GROWING, JITTER),
                new PollPace(poll.queued(), poll.queued(), GROWING, JITTER),
                strange);
    }

    static boolean isCompleted(JsonObject state) {
        return "COMPLETED".equals(state.getValue("status"));
    }

    /** @throws ProviderOutageException if the answer has no state in it */
    TaskProgress<RemoteFile> of(String task, JsonObject state, Duration elapsed) {
        AnswerFields fields = new AnswerFields(state);
        if (fields.text("status") == null) {
            throw new ProviderOutageException(PikaGateway.VENDOR + " answered without a state", (Throwable) null);
        }
        String name = fields.word("status");
        if ("IN_QUEUE".equals(name)) {
            Integer position = position(state.getValue("queue_position"));
            PollPace asked = position != null && position > MANY ? behindOthers : pace;
            return new TaskProgress.Queued<>(name, position, asked.next(elapsed));
        }
        if (!"IN_PROGRESS".equals(name)) {
            strange.tell(PikaOffer.NAME, task, name); // and not the end: that is called COMPLETED
        }
        return new TaskProgress.Running<>(name, null, pace.next(elapsed));
    }

    /** What came of a completed run. */
    static TaskProgress<RemoteFile> ended(JsonObject state, JsonAnswer result) {
        if (!result.successful()) {
            return FalErrors.failed("COMPLETED", FalFault.of(result));
        }
        FalFault fault = FalFault.of(state);
        if (fault != null) {
            return FalErrors.failed("COMPLETED", fault);
        }
        AnswerFields video = new AnswerFields(result.json()).object("video");
        if (video.url("url") != null) {
            RemoteFile file = new RemoteFile(video.url("url"), size(video.json()), null, null);
            return new TaskProgress.Succeeded<>("COMPLETED", file, null);
        }
        return new TaskProgress.Failed<>(
                "COMPLETED", "provider_no_result", "Pika says the clip is made but gives none", Verdict.AGAIN, null);
    }

    private static Integer position(Object told) {
        return told instanceof Number number && number.longValue() >= 0 && number.longValue() <= Integer.MAX_VALUE
                ? Integer.valueOf(number.intValue())
                : null;
    }

    private static Long size(JsonObject video) {
        return video.getValue("file_size") instanceof Number number && number.longValue() > 0
                ? Long.valueOf(number.longValue())
                : null;
    }
}
