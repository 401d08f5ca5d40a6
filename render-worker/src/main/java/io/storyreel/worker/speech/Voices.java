package io.storyreel.worker.speech;

import io.quarkus.arc.All;
import io.quarkus.runtime.StartupEvent;
import io.storyreel.worker.run.JobFailure;
import jakarta.annotation.Priority;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.interceptor.Interceptor;

import java.util.List;
import java.util.stream.Collectors;

/** Who speaks in this worker, as configured. */
@ApplicationScoped
public class Voices {
    private final List<String> chosen;
    private final List<SpeechProvider> providers;

    public Voices(SpeechSettings settings, @All List<SpeechProvider> providers) {
        this.chosen = SpeechChoice.of(settings).names();
        this.providers = providers;
    }

    /** A setting that cannot be used stops the worker before it takes a job. */
    void check(@Observes @Priority(Interceptor.Priority.LIBRARY_BEFORE) StartupEvent started) {
        providers.stream().filter(provider -> chosen.contains(provider.name())).forEach(SpeechProvider::checkSettings);
    }

    /** Whether nobody speaks, so that videos have captions but no voice. */
    public boolean silent() {
        return chosen.isEmpty();
    }

    /**
     * Who speaks, and then who speaks while those before are out of order.
     *
     * @throws JobFailure lasting, if one of them does not exist
     */
    public List<SpeechProvider> speakers() {
        return chosen.stream().map(this::speaker).toList();
    }

    private SpeechProvider speaker(String name) {
        return providers.stream()
                .filter(provider -> provider.name().equals(name))
                .findFirst()
                .orElseThrow(() -> JobFailure.lasting("unknown_provider", unknown(name)));
    }

    private String unknown(String name) {
        String known = providers.stream().map(SpeechProvider::name).sorted().collect(Collectors.joining(", "));
        return name.equals(chosen.get(0))
                ? "There is no speech provider \"" + name + "\": set STORYREEL_SPEECH_PROVIDER to one of " + known
                        + ", or to none"
                : "There is no speech provider \"" + name + "\" to fall back to: list only " + known
                        + " in STORYREEL_SPEECH_FALLBACK";
    }
}
