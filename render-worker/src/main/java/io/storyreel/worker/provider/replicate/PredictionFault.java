package io.storyreel.worker.provider.replicate;

import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.TaskProgress.Verdict;

import java.util.Locale;

/**
 * What a failed prediction's words mean. They often hold a code of Replicate's, such as {@code E6716}.
 *
 * @param message in words of ours
 */
record PredictionFault(String code, String message, Verdict verdict) {

    /** @param error Replicate's words; empty if it has none */
    static PredictionFault of(String error) {
        if (ReplicateErrors.againstTheRules(error.toLowerCase(Locale.ROOT))) {
            return new PredictionFault(
                    Reason.CONTENT.code(),
                    "Replicate's model refuses the picture or the words: change them",
                    Verdict.FINAL);
        }
        if (error.contains("E1001")) {
            return new PredictionFault(
                    Reason.INPUT.code(),
                    "Replicate's model has too little memory for this: choose a lower resolution or another model",
                    Verdict.FINAL);
        }
        if (error.contains("E4875")) {
            return new PredictionFault(
                    Reason.INPUT.code(), "Replicate was given an address for news that is empty", Verdict.FINAL);
        }
        if (error.contains("E6716")) {
            return new PredictionFault(
                    "provider_failed", "Replicate could not begin in the time it allows itself", Verdict.AGAIN);
        }
        return new PredictionFault("provider_failed", "Replicate's model could not make it", Verdict.AGAIN);
    }
}
