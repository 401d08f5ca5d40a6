package io.storyreel.worker.speech;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Who speaks the script, and how long a call to them may take. */
@ConfigMapping(prefix = "storyreel.speech")
public interface SpeechSettings {

    /**
     * {@code openai} for any server that offers {@code POST /audio/speech}, {@code elevenlabs}, {@code azure}, or
     * {@code none} for videos without voice.
     */
    @WithDefault("none")
    String provider();

    /** Who speaks while the first is out of order, in this order; not for what the first refuses. */
    Optional<List<String>> fallback();

    /** How long a connection may take to open. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** How long the server may keep silent within an answer. */
    @WithDefault("55s")
    Duration idleTimeout();

    /** How long one call may take from its start to the end of the sound; waiting in our queue is not counted. */
    @WithDefault("60s")
    Duration callTimeout();
}
