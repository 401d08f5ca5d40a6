package io.storyreel.worker.speech.azure;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.storyreel.worker.provider.http.ProviderKey;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;

/** Speech from Azure. */
@ConfigMapping(prefix = "storyreel.azure-speech")
public interface AzureSettings {

    /** A key of the Speech resource; it belongs to the resource's region. */
    Optional<String> key();

    /** The same, checked. */
    static ProviderKey key(AzureSettings settings) {
        return ProviderKey.of("AZURE_SPEECH_KEY", settings.key().orElse(null));
    }

    /** The resource's region, such as {@code westeurope}. */
    Optional<String> region();

    /** Base address, for sovereign clouds and private links; without it, the region's host. */
    Optional<String> url();

    /** The voice that a script line means by {@code default}. */
    @WithDefault("en-US-JennyNeural")
    String defaultVoice();

    /** Further voices under names of our own; other names must be Azure's, such as {@code de-DE-KatjaNeural}. */
    Map<String, String> voices();

    /** What a million characters cost in USD; the default is believed to be the price of neural voices in 2026. */
    @WithDefault("15")
    BigDecimal pricePerMillionCharacters();
}
