package io.storyreel.worker.speech.openai;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Map;

/**
 * What a call costs in USD: OpenAI does not tell, and bills its older models by the character and the newer ones by the
 * sound.
 *
 * @param perMillionCharacters for the text
 * @param perSecond for the sound
 */
record OpenAiPrices(BigDecimal perMillionCharacters, BigDecimal perSecond) {
    private static final OpenAiPrices NOTHING = new OpenAiPrices(BigDecimal.ZERO, BigDecimal.ZERO);

    /** OpenAI's list, not verified since 2026-11. */
    private static final Map<String, OpenAiPrices> LIST = Map.of(
            "tts-1", new OpenAiPrices(new BigDecimal("15"), BigDecimal.ZERO),
            "tts-1-hd", new OpenAiPrices(new BigDecimal("30"), BigDecimal.ZERO),
            "gpt-4o-mini-tts", new OpenAiPrices(BigDecimal.ZERO, new BigDecimal("0.00025")));

    private static final int PLACES = 6;
    private static final int MILLION = 6;

    /** A slow reading; an English second has about 15 characters. What may be charged unheard is shown as this. */
    private static final int CHARACTERS_PER_SECOND = 12;

    /** A short line takes longer than its characters: there is a breath before and after it. */
    private static final BigDecimal BREATH = BigDecimal.ONE;

    private static final int WAV_HEADER = 44;

    /** 24 kHz, 16 bits, mono: what OpenAI sends as {@code wav}. */
    private static final int BYTES_PER_SECOND = 48_000;

    static OpenAiPrices of(OpenAiSettings settings) {
        OpenAiPrices listed = settings.url().startsWith(OpenAiSettings.OFFICIAL)
                ? LIST.getOrDefault(withoutDate(settings.model()), NOTHING)
                : NOTHING;
        return new OpenAiPrices(
                settings.pricePerMillionCharacters().orElse(listed.perMillionCharacters),
                settings.pricePerSecond().orElse(listed.perSecond));
    }

    /** Whether it can be said what a sound has cost that nobody has heard to its end. */
    boolean knownWithoutSound() {
        return perSecond.signum() == 0;
    }

    BigDecimal expected(int characters) {
        return cost(
                characters,
                BigDecimal.valueOf(characters)
                        .divide(BigDecimal.valueOf(CHARACTERS_PER_SECOND), PLACES, RoundingMode.UP)
                        .add(BREATH));
    }

    /** @param bytes of the WAV file */
    BigDecimal actual(int characters, long bytes) {
        return cost(
                characters,
                BigDecimal.valueOf(Math.max(0, bytes - WAV_HEADER))
                        .divide(BigDecimal.valueOf(BYTES_PER_SECOND), PLACES, RoundingMode.HALF_UP));
    }

    private BigDecimal cost(int characters, BigDecimal seconds) {
        return perMillionCharacters
                .multiply(BigDecimal.valueOf(characters))
                .movePointLeft(MILLION)
                .add(perSecond.multiply(seconds))
                .setScale(PLACES, RoundingMode.HALF_UP);
    }

    private static String withoutDate(String model) {
        return model.replaceFirst("-\\d{4}-\\d{2}-\\d{2}$", "");
    }
}
