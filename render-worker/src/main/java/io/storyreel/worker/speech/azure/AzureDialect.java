package io.storyreel.worker.speech.azure;

import io.storyreel.worker.fetch.HttpAnswer;
import io.storyreel.worker.speech.SpeechDialect;
import io.storyreel.worker.speech.SpeechOrder;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechRefusedException.Subject;
import io.vertx.core.MultiMap;

import java.math.BigDecimal;

/** Azure's answers. They do not tell what they cost: it is what was counted before. */
record AzureDialect() implements SpeechDialect {

    @Override
    public String provider() {
        return AzureSpeech.NAME;
    }

    @Override
    public String vendor() {
        return "Azure";
    }

    @Override
    public String addressSetting() {
        return "AZURE_SPEECH_URL";
    }

    @Override
    public String requestIdHeader() {
        return "X-RequestId";
    }

    @Override
    public BigDecimal charged(MultiMap headers, long bytes, SpeechOrder order) {
        return bytes == 0 ? BigDecimal.ZERO : order.price();
    }

    @Override
    public RuntimeException failure(HttpAnswer answer, SpeechOrder order) {
        return AzureErrors.failure(answer, order);
    }

    /** Asking again would change nothing. */
    @Override
    public RuntimeException silence(SpeechOrder order) {
        return new SpeechRefusedException(
                Subject.TEXT,
                "Azure found nothing to say in this text: choose a voice of the text's language, or write words");
    }
}
