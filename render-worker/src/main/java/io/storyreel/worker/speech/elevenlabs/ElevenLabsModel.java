package io.storyreel.worker.speech.elevenlabs;

import java.math.BigDecimal;
import java.util.Map;

/**
 * What is known of a model, by ElevenLabs' table of September 2026.
 *
 * @param mostCharacters per call
 * @param creditsPerCharacter what is charged if the answer does not say
 */
record ElevenLabsModel(int mostCharacters, BigDecimal creditsPerCharacter) {
    private static final BigDecimal HALF = new BigDecimal("0.5");

    private static final Map<String, ElevenLabsModel> TABLE = Map.of(
            "eleven_v3", new ElevenLabsModel(5_000, BigDecimal.ONE),
            "eleven_multilingual_v2", new ElevenLabsModel(10_000, BigDecimal.ONE),
            "eleven_flash_v2_5", new ElevenLabsModel(40_000, HALF),
            "eleven_flash_v2", new ElevenLabsModel(30_000, HALF));

    /** The narrowest limit and the highest price. */
    private static final ElevenLabsModel UNKNOWN = new ElevenLabsModel(5_000, BigDecimal.ONE);

    static ElevenLabsModel named(String name) {
        return TABLE.getOrDefault(name, UNKNOWN);
    }
}
