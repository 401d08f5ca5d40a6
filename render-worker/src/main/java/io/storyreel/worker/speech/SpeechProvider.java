package io.storyreel.worker.speech;

import io.smallrye.mutiny.Uni;

import java.math.BigDecimal;
import java.nio.file.Path;

/** Says things. */
public interface SpeechProvider {

    /** The name in configuration and rows. */
    String name();

    /** Digest of everything that shapes the sound: two utterances with the same one sound alike. */
    String digest(Utterance utterance);

    /** What saying it costs in USD, exact. */
    BigDecimal price(Utterance utterance);

    /**
     * Writes the sound to {@code target} as WAV.
     *
     * @return fails with {@link SpeechRefusedException} if saying it again would not help, with
     *     {@link io.storyreel.worker.fetch.DiskFullException} if the sound found no room, otherwise with
     *     {@link SpeechUnavailableException}
     */
    Uni<Void> speak(Utterance utterance, Path target);
}
