package io.storyreel.worker.provider.runway;

import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.Locale;

/**
 * Why a task failed, by the beginning of RunwayML's {@code failureCode}: its tail is not stable. RunwayML asks not to
 * show its own {@code failure} text to users. In the order in which they are looked for.
 */
enum RunwayFailures {
    SAFETY_OUTPUT(
            "SAFETY.OUTPUT",
            "content_refused",
            "RunwayML made a clip that goes against its rules and does not hand it out: change the scene's prompt",
            Verdict.FINAL),
    SAFETY(
            "SAFETY",
            "content_refused",
            "RunwayML refuses the scene's picture or prompt because of its content: change it",
            Verdict.FINAL),
    ASSET(
            "ASSET.INVALID",
            "provider_refused",
            "RunwayML cannot use the scene's picture: take another one",
            Verdict.FINAL),
    PREPARING_BROKE(
            "INPUT_PREPROCESSING.INTERNAL",
            "provider_failed",
            "RunwayML failed while it prepared the scene's picture",
            Verdict.AGAIN),
    PREPARING(
            "INPUT_PREPROCESSING",
            "provider_refused",
            "RunwayML could not prepare the scene's picture or prompt: change one of them",
            Verdict.FINAL),
    BAD_OUTPUT(
            "INTERNAL.BAD_OUTPUT",
            "provider_failed",
            "RunwayML discarded a clip that was not good enough",
            Verdict.AGAIN),
    /** Also for {@code INTERNAL}, for what we do not know, and for no code at all. */
    INTERNAL("", "provider_failed", "RunwayML failed to make the clip", Verdict.AGAIN);

    private final String beginning;
    private final String code;
    private final String message;
    private final Verdict verdict;

    RunwayFailures(String beginning, String code, String message, Verdict verdict) {
        this.beginning = beginning;
        this.code = code;
        this.message = message;
        this.verdict = verdict;
    }

    /**
     * @param failureCode null if RunwayML does not say
     * @param charged in USD; null if RunwayML does not say
     */
    static TaskProgress<RemoteFile> of(String state, String failureCode, BigDecimal charged) {
        String text = failureCode == null ? "" : failureCode.toUpperCase(Locale.ROOT);
        RunwayFailures failure = Arrays.stream(values())
                .filter(known -> text.startsWith(known.beginning))
                .findFirst()
                .orElse(INTERNAL);
        // An internal fault is told by the tail, wherever in it.
        if (failure == PREPARING && text.endsWith(".INTERNAL")) {
            failure = PREPARING_BROKE;
        }
        return new TaskProgress.Failed<>(state, failure.code, failure.message, failure.verdict, charged);
    }
}
