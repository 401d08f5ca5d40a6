package io.storyreel.worker.provider.custom;

import io.storyreel.worker.provider.MadeVideo;
import io.storyreel.worker.provider.PollPace;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.http.AnswerFields;
import io.storyreel.worker.provider.http.StrangeStates;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Locale;

/** The contract's description of a job in our words. */
@ApplicationScoped
class CustomJobs {
    private static final Duration SHORTEST = Duration.ofSeconds(1);
    private static final int LARGEST_DIGITS = 18;

    private final StrangeStates strange;
    private final PollPace pace;

    CustomJobs(StrangeStates strange, CustomSettings settings) {
        this.strange = strange;
        this.pace = new PollPace(
                settings.pollShortest(), settings.pollLongest(), settings.pollGrowing(), settings.pollJitter());
    }

    /** @param hint when the renderer wants to be asked next; null if it does not say */
    TaskProgress<MadeVideo> progress(String id, JsonObject job, Duration elapsed, Duration hint) {
        AnswerFields fields = new AnswerFields(job);
        String state = fields.word("status");
        return switch (state) {
            case "queued" -> new TaskProgress.Queued<>(state, null, again(elapsed, hint));
            case "running" -> running(state, fields, again(elapsed, hint));
            case "succeeded" -> succeeded(state, fields);
            case "failed" -> CustomFailures.of(state, fields.object("error"), charged(fields));
            case "canceled" -> canceled(state, charged(fields));
            default -> {
                strange.tell(CustomVideoProvider.NAME, id, state);
                yield running(state, fields, again(elapsed, hint));
            }
        };
    }

    /** Not there yet: the word of a new job may take a while to reach all of a renderer's machines. */
    static TaskProgress<MadeVideo> notYetKnown() {
        return new TaskProgress.Queued<>("not_found", null, SHORTEST);
    }

    static TaskProgress<MadeVideo> canceled(String state, BigDecimal charged) {
        return new TaskProgress.Failed<>(
                state, "canceled", "The render was canceled at the custom renderer", Verdict.CANCELED, charged);
    }

    /** What the job will cost, in USD; null if the renderer does not say. */
    static BigDecimal estimated(JsonObject job) {
        return dollars(new AnswerFields(job).object("cost"));
    }

    private Duration again(Duration elapsed, Duration hint) {
        Duration next = hint == null ? pace.next(elapsed) : hint;
        return next.compareTo(SHORTEST) < 0 ? SHORTEST : next;
    }

    private static TaskProgress<MadeVideo> running(String state, AnswerFields fields, Duration again) {
        return new TaskProgress.Running<>(state, fields.percent("progress"), again);
    }

    private static TaskProgress<MadeVideo> succeeded(String state, AnswerFields fields) {
        String url = fields.url("video_url");
        return url == null
                ? new TaskProgress.Failed<>(
                        state,
                        "provider_result_missing",
                        "The custom renderer says that the video is made, but not where it is",
                        Verdict.AGAIN,
                        charged(fields))
                : new TaskProgress.Succeeded<>(
                        state, new RemoteFile(url, size(fields), sha256(fields), null), charged(fields));
    }

    private static Long size(AnswerFields fields) {
        BigDecimal size = fields.number("size_bytes");
        return size == null || size.signum() <= 0 || size.precision() - size.scale() > LARGEST_DIGITS
                ? null
                : size.longValue();
    }

    private static String sha256(AnswerFields fields) {
        String digest = fields.text("sha256");
        return digest != null && digest.matches("[0-9a-fA-F]{64}") ? digest.toLowerCase(Locale.ROOT) : null;
    }

    /** What is not final is an estimate still. */
    private static BigDecimal charged(AnswerFields fields) {
        AnswerFields cost = fields.object("cost");
        return Boolean.FALSE.equals(cost.flag("final")) ? null : dollars(cost);
    }

    private static BigDecimal dollars(AnswerFields cost) {
        return cost.has("currency") && !"USD".equalsIgnoreCase(cost.text("currency")) ? null : cost.money("amount");
    }
}
