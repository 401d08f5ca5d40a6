package io.storyreel.worker.speech.openai;

import io.storyreel.worker.fetch.HttpAnswer;
import io.storyreel.worker.speech.SpeechDialect;
import io.storyreel.worker.speech.SpeechOrder;
import io.vertx.core.MultiMap;

import java.math.BigDecimal;

/** The answers of a server that speaks OpenAI's protocol, which need not be OpenAI's own. */
record OpenAiDialect(OpenAiPrices prices) implements SpeechDialect {

    @Override
    public String provider() {
        return OpenAiSpeech.NAME;
    }

    @Override
    public String vendor() {
        return "the speech server";
    }

    @Override
    public String addressSetting() {
        return "STORYREEL_SPEECH_URL";
    }

    @Override
    public String requestIdHeader() {
        return "x-request-id";
    }

    @Override
    public BigDecimal charged(MultiMap headers, long bytes, SpeechOrder order) {
        if (bytes < 0) {
            return prices.knownWithoutSound() ? order.price() : null;
        }
        return bytes == 0 ? BigDecimal.ZERO : prices.actual(order.line().characters(), bytes);
    }

    @Override
    public RuntimeException failure(HttpAnswer answer, SpeechOrder order) {
        return OpenAiErrors.failure(answer);
    }
}
