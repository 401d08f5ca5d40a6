package io.storyreel.worker.speech.elevenlabs;

import io.storyreel.worker.fetch.HttpAnswer;
import io.storyreel.worker.speech.SpeechDialect;
import io.storyreel.worker.speech.SpeechOrder;
import io.vertx.core.MultiMap;

import java.math.BigDecimal;
import java.util.function.IntConsumer;

/**
 * ElevenLabs' answers. It tells in each how many credits it has charged, and how many calls our plan allows at once.
 *
 * @param plan told how many those are
 */
record ElevenLabsDialect(BigDecimal pricePerThousandCredits, IntConsumer plan) implements SpeechDialect {
    private static final int THOUSAND = 3;

    @Override
    public String provider() {
        return ElevenLabsSpeech.NAME;
    }

    @Override
    public String vendor() {
        return "ElevenLabs";
    }

    @Override
    public String addressSetting() {
        return "ELEVENLABS_API_URL";
    }

    @Override
    public String requestIdHeader() {
        return "request-id";
    }

    BigDecimal cost(BigDecimal credits) {
        return credits.multiply(pricePerThousandCredits).movePointLeft(THOUSAND);
    }

    @Override
    public BigDecimal charged(MultiMap headers, long bytes, SpeechOrder order) {
        String credits = headers.get("character-cost");
        if (credits != null && credits.trim().matches("\\d{1,9}(\\.\\d{1,6})?")) {
            return cost(new BigDecimal(credits.trim()));
        }
        return bytes == 0 ? BigDecimal.ZERO : order.price();
    }

    @Override
    public void heard(MultiMap headers) {
        String most = headers.get("maximum-concurrent-requests");
        if (most != null && most.trim().matches("[1-9]\\d{0,3}")) {
            plan.accept(Integer.parseInt(most.trim()));
        }
    }

    @Override
    public RuntimeException failure(HttpAnswer answer, SpeechOrder order) {
        return ElevenLabsErrors.failure(answer, order);
    }
}
