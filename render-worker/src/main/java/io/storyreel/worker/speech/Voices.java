package io.storyreel.worker.speech;

import io.quarkus.arc.All;
import io.storyreel.worker.run.JobFailure;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;

/** Who speaks in this worker, as configured. */
@ApplicationScoped
public class Voices {
    private static final String NOBODY = "none";

    private final SpeechSettings settings;
    private final List<SpeechProvider> providers;

    public Voices(SpeechSettings settings, @All List<SpeechProvider> providers) {
        this.settings = settings;
        this.providers = providers;
    }

    /** Whether nobody speaks, so that videos have captions but no voice. */
    public boolean silent() {
        return NOBODY.equals(settings.provider());
    }

    /** @throws JobFailure lasting, if the configured provider does not exist */
    public SpeechProvider speaker() {
        return providers.stream()
                .filter(provider -> provider.name().equals(settings.provider()))
                .findFirst()
                .orElseThrow(() -> JobFailure.lasting(
                        "unknown_provider",
                        "There is no speech provider \"" + settings.provider()
                                + "\": set STORYREEL_SPEECH_PROVIDER to openai or none"));
    }
}
