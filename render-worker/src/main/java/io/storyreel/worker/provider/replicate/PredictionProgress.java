package io.storyreel.worker.provider.replicate;

import io.storyreel.worker.provider.PollPace;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.http.StrangeStates;

import java.math.BigDecimal;
import java.net.URI;
import java.time.Duration;

/**
 * Replicate's states in terms of ours.
 *
 * @param strange keeps what is told of states that Replicate's pages do not know
 * @param authorization for its files, if they are not to be had without
 */
record PredictionProgress(PollPace pace, String authorization, StrangeStates strange) {
    private static final double FACTOR = 1.5;
    private static final double JITTER = 0.2;
    private static final String FILES = "replicate.delivery";

    /** Each question 1.5 times as long after the one before as that after its own. */
    static PollPace pace(Duration shortest, Duration longest) {
        long growing = Math.round(longest.minus(shortest).toMillis() / (FACTOR - 1));
        return new PollPace(shortest, longest, Duration.ofMillis(growing), JITTER);
    }

    /**
     * @param stopping whether it was we who wished it to end
     * @param told the percentage told last
     * @throws ProviderOutageException if there is no state
     */
    TaskProgress<RemoteFile> of(Prediction prediction, boolean stopping, int told, Duration elapsed) {
        String state = prediction.status();
        if (state == null) {
            throw new ProviderOutageException(ReplicateGateway.VENDOR + " answered without a state", (Duration) null);
        }
        return switch (state) {
            case "starting" -> new TaskProgress.Queued<>(state, null, pace.next(elapsed));
            case "succeeded" -> made(prediction);
            case "failed" -> failed(state, PredictionFault.of(prediction.error()));
            case "canceled" -> ended(state, stopping, null);
            case "aborted" -> ended(state, stopping, BigDecimal.ZERO); // never began, so it is not charged
            default -> {
                if (!"processing".equals(state)) {
                    strange.tell("replicate", prediction.id(), state); // and not known to be the end
                }
                yield new TaskProgress.Running<>(state, percent(prediction, told), pace.next(elapsed));
            }
        };
    }

    private static Integer percent(Prediction prediction, int told) {
        Integer percent = prediction.percent();
        return percent == null ? null : Integer.valueOf(Math.max(percent, told));
    }

    private TaskProgress<RemoteFile> made(Prediction prediction) {
        String file = prediction.file();
        if (file != null) {
            return new TaskProgress.Succeeded<>(
                    prediction.status(),
                    new RemoteFile(file, null, null, isFileOfTheirs(file) ? authorization : null),
                    null);
        }
        return new TaskProgress.Failed<>(
                prediction.status(),
                prediction.wiped() ? "provider_task_gone" : "provider_no_result",
                prediction.wiped()
                        ? "Replicate keeps a result for one hour, which is over"
                        : "Replicate says it is made but gives no file",
                Verdict.AGAIN,
                null);
    }

    static boolean isFileOfTheirs(String url) {
        try {
            URI file = URI.create(url);
            String host = file.getHost();
            return "https".equalsIgnoreCase(file.getScheme())
                    && file.getUserInfo() == null
                    && file.getPort() == -1
                    && host != null
                    && (host.equals(FILES) || host.endsWith("." + FILES));
        } catch (IllegalArgumentException notAnAddress) {
            return false;
        }
    }

    private static TaskProgress<RemoteFile> failed(String state, PredictionFault fault) {
        return new TaskProgress.Failed<>(state, fault.code(), fault.message(), fault.verdict(), null);
    }

    /** Not on our wish: it ran into its time limit, or Replicate had no room for it. */
    private static TaskProgress<RemoteFile> ended(String state, boolean stopping, BigDecimal cost) {
        return stopping
                ? new TaskProgress.Failed<>(state, "canceled", "The task was canceled", Verdict.CANCELED, cost)
                : new TaskProgress.Failed<>(
                        state, "provider_failed", "Replicate ended it before it was made", Verdict.AGAIN, cost);
    }
}
