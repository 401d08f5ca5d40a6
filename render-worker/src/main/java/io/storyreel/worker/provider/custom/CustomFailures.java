package io.storyreel.worker.provider.custom;

import io.storyreel.worker.provider.MadeVideo;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.http.AnswerFields;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;

/** Why a job failed, by the contract's {@code error.code}. What the renderer says about {@code retryable} decides. */
enum CustomFailures {
    ASSET_UNREACHABLE(true, "provider_failed", "The custom renderer could not reach a picture or the music"),
    ASSET_TIMEOUT(true, "provider_failed", "A picture or the music took too long to reach the custom renderer"),
    ASSET_INVALID(false, "provider_refused", "The custom renderer cannot use a picture or the music: take another one"),
    CONTENT_REJECTED(
            false, "content_refused", "The custom renderer refuses the storyboard because of its content: change it"),
    SCRIPT_TOO_LONG(
            false,
            "script_too_long",
            "A line of the script is too long for its scene at the custom renderer: shorten it, or make the scene"
                    + " longer"),
    RENDER_FAILED(true, "provider_failed", "The custom renderer failed to render the video"),
    INTERNAL(true, "provider_failed", "The custom renderer had a fault of its own"),
    WORKER_LOST(true, "provider_failed", "The custom renderer lost the machine that rendered the video"),
    DEADLINE_EXCEEDED(true, "provider_timeout", "The custom renderer gave the video up because it took too long"),
    /** For codes that the contract does not know, and for none. */
    OTHER(true, "provider_failed", "The custom renderer failed");

    private final boolean again;
    private final String code;
    private final String message;

    CustomFailures(boolean again, String code, String message) {
        this.again = again;
        this.code = code;
        this.message = message;
    }

    /** @param charged in USD; null if the renderer does not say */
    static TaskProgress<MadeVideo> of(String state, AnswerFields error, BigDecimal charged) {
        String name = error.word("code").toUpperCase(Locale.ROOT);
        CustomFailures failure = Arrays.stream(values())
                .filter(known -> known.name().equals(name))
                .findAny()
                .orElse(OTHER);
        Boolean told = error.flag("retryable");
        Verdict verdict = (told == null ? failure.again : told) ? Verdict.AGAIN : Verdict.FINAL;
        return new TaskProgress.Failed<>(state, failure.code, failure.message, verdict, charged);
    }
}
