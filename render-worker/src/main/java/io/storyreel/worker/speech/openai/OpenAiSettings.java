package io.storyreel.worker.speech.openai;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.storyreel.worker.provider.http.ProviderKey;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** A server that speaks OpenAI's protocol. */
@ConfigMapping(prefix = "storyreel.speech")
public interface OpenAiSettings {

    /** Where OpenAI itself is. */
    String OFFICIAL = "https://api.openai.com/v1";

    /** Either sets the key. */
    String KEY_SETTING = "OPENAI_API_KEY (or STORYREEL_SPEECH_API_KEY)";

    /** Base address of the server, ending in {@code /v1}. */
    @WithDefault(OFFICIAL)
    String url();

    /** Sent as a bearer token; without one, no token is sent. */
    Optional<String> apiKey();

    /** The same, checked. */
    static ProviderKey key(OpenAiSettings settings) {
        return ProviderKey.of(KEY_SETTING, settings.apiKey().orElse(null));
    }

    /** The model asked for. */
    @WithDefault("gpt-4o-mini-tts")
    String model();

    /** The voice that a script line means by {@code default}. */
    @WithDefault("alloy")
    String defaultVoice();

    /** Further voices under names of our own; a name that is not here is handed to the server as it is. */
    Map<String, String> voices();

    /** What a million characters cost in USD; without it OpenAI's own price at OpenAI, 0 elsewhere. */
    Optional<BigDecimal> pricePerMillionCharacters();

    /** What a second of sound costs in USD; without it OpenAI's own price at OpenAI, 0 elsewhere. */
    Optional<BigDecimal> pricePerSecond();
}
