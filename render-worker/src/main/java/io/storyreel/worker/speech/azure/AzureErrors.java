package io.storyreel.worker.speech.azure;

import io.storyreel.worker.fetch.HttpAnswer;
import io.storyreel.worker.provider.http.RetryHints;
import io.storyreel.worker.speech.SpeechBusyException;
import io.storyreel.worker.speech.SpeechOrder;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechRefusedException.Subject;
import io.storyreel.worker.speech.SpeechUnavailableException;

/** Azure's error table in words of ours. Its error bodies are often empty: the status has to do. */
final class AzureErrors {
    private AzureErrors() {}

    static RuntimeException failure(HttpAnswer answer, SpeechOrder order) {
        int status = answer.status();
        return switch (status) {
            case 400 ->
                new SpeechRefusedException(
                        Subject.VOICE,
                        "Azure accepts the text or the voice not: check that the region has the voice, and that the text"
                                + " is of its language");
            case 401 ->
                new SpeechRefusedException(
                        Subject.SETTINGS,
                        "Azure does not accept our key, which may belong to another region: set AZURE_SPEECH_KEY and"
                                + " AZURE_SPEECH_REGION");
            case 402, 403 ->
                new SpeechRefusedException(
                        Subject.CREDIT,
                        "our Speech resource at Azure has used up its quota, or may not be used from our network");
            case 404 ->
                new SpeechRefusedException(
                        Subject.SETTINGS,
                        "there is no speech service at this address: set AZURE_SPEECH_REGION or AZURE_SPEECH_URL");
            case 408, 499 -> order.lost("Azure gave up after a while", null);
            case 429 -> new SpeechBusyException("Azure finds us too fast", RetryHints.of(answer.headers()));
            default ->
                status >= 500
                        ? new SpeechUnavailableException(
                                "Azure answered " + status, RetryHints.of(answer.headers()), null)
                        : new SpeechRefusedException(Subject.TEXT, "Azure refused with " + status);
        };
    }
}
