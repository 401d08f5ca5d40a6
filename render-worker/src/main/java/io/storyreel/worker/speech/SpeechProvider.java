package io.storyreel.worker.speech;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.worker.provider.http.Departure;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/** Says things. */
public interface SpeechProvider {

    /** The name in configuration and rows. */
    String name();

    /**
     * To be called at start.
     *
     * @throws IllegalArgumentException if a setting cannot be used as it stands; the message names it
     */
    default void checkSettings() {}

    /**
     * The line as this provider will say it, in a voice of its own. What it could never say is refused here, before
     * anything is paid for.
     *
     * @return fails as {@link #speak} does
     */
    default Uni<Utterance> cast(Utterance line) {
        return Uni.createFrom().item(line);
    }

    /** Digest of everything that shapes the sound: two cast lines with the same one sound alike. */
    String digest(Utterance cast);

    /** What saying it is expected to cost in USD, exact. */
    BigDecimal price(Utterance cast);

    /** What keeps it from being used, naming the setting; null if it can be used. */
    default String missing() {
        return null;
    }

    /** What it costs, and whether it is set up. */
    default ProviderOffer offer() {
        String thousand = "a".repeat(1_000);
        BigDecimal million =
                price(new Utterance(thousand, ScriptLine.DEFAULT_VOICE)).movePointRight(3);
        return new ProviderOffer(name(), ProviderOffer.Kind.SPEECH, null, null, million, null, missing());
    }

    /** Names of the circuit breakers by which one sees that the provider is left alone. */
    default List<String> circuits() {
        return List.of("speech-" + name());
    }

    /**
     * Writes the sound to {@code target} as WAV.
     *
     * @param departure by which each call leaves when it is its turn
     * @return what was charged in USD; fails with {@link SpeechRefusedException} if saying it again would not help,
     *     otherwise with {@link SpeechUnavailableException}; with
     *     {@link io.storyreel.worker.provider.ChargedException} if something was charged, or may have been, such as for a
     *     {@link io.storyreel.worker.provider.ResultLostException} or a
     *     {@link io.storyreel.worker.fetch.DiskFullException}
     */
    Uni<BigDecimal> speak(Utterance cast, Path target, Departure departure);
}
