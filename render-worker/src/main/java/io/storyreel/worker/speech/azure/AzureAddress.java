package io.storyreel.worker.speech.azure;

import io.storyreel.worker.speech.SettingCheck;

/** Where the speech service is. */
final class AzureAddress {
    private AzureAddress() {}

    static boolean isKnown(AzureSettings settings) {
        return settings.url().isPresent() || settings.region().isPresent();
    }

    static String of(AzureSettings settings) {
        return settings.url()
                .map(url -> url.replaceAll("/+$", ""))
                .orElseGet(() -> "https://" + settings.region().orElse("") + ".tts.speech.microsoft.com");
    }

    /** The region becomes part of a host to which the key is sent: it must not be able to name another. */
    static void check(AzureSettings settings) {
        settings.region().filter(region -> !region.matches("[a-z0-9]{1,40}")).ifPresent(region -> {
            throw new IllegalArgumentException(
                    "AZURE_SPEECH_REGION is not a region: set it to small letters and digits, such as westeurope");
        });
        settings.url().ifPresent(url -> SettingCheck.secureAddress("AZURE_SPEECH_URL", url));
    }
}
