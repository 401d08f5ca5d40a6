package io.storyreel.worker.speech;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.storyboard.ScriptLine;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.util.List;

/** Says things. */
public interface SpeechProvider {

    /** The name in configuration and rows. */
    String name();

    /** Digest of everything that shapes the sound: two utterances with the same one sound alike. */
    String digest(Utterance utterance);

    /** What saying it costs in USD, exact. */
    BigDecimal price(Utterance utterance);

    /** What it costs, and whether it is set up. */
    default ProviderOffer offer() {
        String thousand = "a".repeat(1_000);
        BigDecimal million =
                price(new Utterance(thousand, ScriptLine.DEFAULT_VOICE)).movePointRight(3);
        return new ProviderOffer(name(), ProviderOffer.Kind.SPEECH, null, null, million, null, null);
    }

    /** Names of the circuit breakers by which one sees that the provider is left alone. */
    default List<String> circuits() {
        return List.of("speech-" + name());
    }

    /**
     * Writes the sound to {@code target} as WAV.
     *
     * @return fails with {@link SpeechRefusedException} if saying it again would not help, with
     *     {@link io.storyreel.worker.fetch.DiskFullException} if the sound found no room, otherwise with
     *     {@link SpeechUnavailableException}
     */
    Uni<Void> speak(Utterance utterance, Path target);
}
