package io.storyreel.worker.speech;

import io.storyreel.worker.fetch.HttpAnswer;
import io.vertx.core.MultiMap;

import java.math.BigDecimal;

/** How a vendor's answers are to be read. Its own words are not passed on: they may repeat keys and texts. */
public interface SpeechDialect {

    /** Of the provider, as in configuration and metrics. */
    String provider();

    /** As users know it, to begin a sentence of ours with. */
    String vendor();

    /** The setting with its address. */
    String addressSetting();

    /** The header with the number under which the vendor finds a call again. */
    String requestIdHeader();

    /**
     * What a call with these headers was charged, in USD.
     *
     * @param bytes of the sound, 0 for none; negative if it broke off
     * @return null if nobody can say how much
     */
    BigDecimal charged(MultiMap headers, long bytes, SpeechOrder order);

    /** What else an answer tells, whatever its status. */
    default void heard(MultiMap headers) {}

    /** What an answer other than 200 means. */
    RuntimeException failure(HttpAnswer answer, SpeechOrder order);

    /** What a complete 200 without any sound means. */
    default RuntimeException silence(SpeechOrder order) {
        return order.lost(vendor() + " sent no sound", null);
    }
}
