package io.storyreel.worker.provider.runway;

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

/** RunwayML's description of a task in our words. Nothing in it is trusted to be there or to be right. */
@ApplicationScoped
class RunwayTasks {
    private final StrangeStates strange;
    private final PollPace pace;

    RunwayTasks(StrangeStates strange, RunwaySettings settings) {
        this.strange = strange;
        this.pace = new PollPace(
                settings.pollShortest(), settings.pollLongest(), settings.pollGrowing(), settings.pollJitter());
    }

    TaskProgress<RemoteFile> progress(String id, JsonObject task, Duration elapsed) {
        AnswerFields fields = new AnswerFields(task);
        String state = fields.word("status");
        return switch (state) {
            // THROTTLED waits in RunwayML's queue because too much of ours is running; handing it over again would not
            // help.
            case "PENDING", "THROTTLED" -> new TaskProgress.Queued<>(state, null, pace.next(elapsed));
            case "RUNNING" -> running(state, fields, elapsed);
            case "SUCCEEDED" -> succeeded(state, fields);
            case "FAILED" -> RunwayFailures.of(state, fields.text("failureCode"), charged(fields));
            case "CANCELLED" -> canceled(state, charged(fields));
            default -> {
                strange.tell(RunwayClipProvider.NAME, id, state);
                yield running(state, fields, elapsed);
            }
        };
    }

    static TaskProgress<RemoteFile> canceled(String state, BigDecimal charged) {
        return new TaskProgress.Failed<>(
                state, "canceled", "The task was canceled at RunwayML", Verdict.CANCELED, charged);
    }

    /** What a new task will cost at most, in USD; null if RunwayML does not say. */
    static BigDecimal estimated(JsonObject accepted) {
        return credits(new AnswerFields(accepted), "estimatedCost");
    }

    private TaskProgress<RemoteFile> running(String state, AnswerFields fields, Duration elapsed) {
        return new TaskProgress.Running<>(state, fields.percent("progress"), pace.next(elapsed));
    }

    private static TaskProgress<RemoteFile> succeeded(String state, AnswerFields fields) {
        String url = fields.firstUrl("output");
        return url == null
                ? new TaskProgress.Failed<>(
                        state,
                        "provider_result_missing",
                        "RunwayML says that the clip is made, but not where it is",
                        Verdict.AGAIN,
                        charged(fields))
                : new TaskProgress.Succeeded<>(state, RemoteFile.at(url), charged(fields));
    }

    private static BigDecimal charged(AnswerFields fields) {
        return credits(fields, "cost");
    }

    private static BigDecimal credits(AnswerFields fields, String name) {
        BigDecimal credits = fields.object(name).money("credits");
        return credits == null ? null : RunwayModel.dollars(credits);
    }
}
