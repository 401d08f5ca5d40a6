package io.storyreel.worker.speech;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;

/** Who speaks the script. */
@ConfigMapping(prefix = "storyreel.speech")
public interface SpeechSettings {

    /** {@code openai} for any server that offers {@code POST /audio/speech}, or {@code none} for videos without voice. */
    @WithDefault("none")
    String provider();

    /** Base address of the server, ending in {@code /v1}. */
    @WithDefault("https://api.openai.com/v1")
    String url();

    /** Sent as a bearer token; without one, no token is sent. */
    Optional<String> apiKey();

    /** The model asked for. */
    @WithDefault("gpt-4o-mini-tts")
    String model();

    /** The voice that a script line means by {@code default}. */
    @WithDefault("alloy")
    String defaultVoice();

    /** Further voices under names of our own; a name that is not here is handed to the server as it is. */
    Map<String, String> voices();

    /** What a million characters cost in USD; 0 for a server of one's own. */
    @WithDefault("0")
    BigDecimal pricePerMillionCharacters();

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
