package io.storyreel.worker.speech.elevenlabs;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.storyreel.worker.provider.http.ProviderKey;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Speech from ElevenLabs. */
@ConfigMapping(prefix = "storyreel.elevenlabs")
public interface ElevenLabsSettings {

    /** The account's key. */
    Optional<String> apiKey();

    /** The same, checked. */
    static ProviderKey key(ElevenLabsSettings settings) {
        return ProviderKey.of("ELEVENLABS_API_KEY", settings.apiKey().orElse(null));
    }

    /** Base address; a residency host serves the keys of its own workspaces only. */
    @WithDefault("https://api.elevenlabs.io")
    String url();

    /** The model asked for. */
    @WithDefault("eleven_multilingual_v2")
    String model();

    /**
     * The voice that a script line means by {@code default}: an id, or a name of a voice of the account. Without it, the
     * first voice that the account lists.
     */
    Optional<String> defaultVoice();

    /** Voice ids under names of our own; other names are looked up among the voices of the account. */
    Map<String, String> voices();

    /** What a thousand credits cost in USD, by the plan; the default is a list price of June 2026. */
    @WithDefault("0.10")
    BigDecimal pricePerThousandCredits();
}
