package io.storyreel.worker.provider.health;

import io.quarkus.arc.All;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.provider.ImageProvider;
import io.storyreel.worker.provider.TaskProvider;
import io.storyreel.worker.provider.VideoProvider;
import io.storyreel.worker.speech.SpeechProvider;
import io.storyreel.worker.speech.SpeechSettings;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.stream.Stream;

/** All providers of this worker. Of those who speak only the configured one can be used. */
@ApplicationScoped
public class WatchedProviders {
    private final List<WatchedProvider> all;

    public WatchedProviders(
            @All List<ClipProvider> clips,
            @All List<VideoProvider> videos,
            @All List<ImageProvider> images,
            @All List<SpeechProvider> speakers,
            SpeechSettings speech) {
        Stream<TaskProvider<?, ?>> tasks =
                Stream.of(clips, videos, images).flatMap(List::stream).map(provider -> provider);
        this.all = Stream.concat(
                        tasks.map(
                                provider -> new WatchedProvider(provider.name(), provider::offer, provider.circuits())),
                        speakers.stream()
                                .map(provider -> new WatchedProvider(
                                        provider.name(),
                                        () -> chosen(provider.offer(), speech.provider()),
                                        provider.circuits())))
                .toList();
    }

    List<WatchedProvider> all() {
        return all;
    }

    private static ProviderOffer chosen(ProviderOffer offer, String speaker) {
        return offer.usable() && !offer.provider().equals(speaker)
                ? offer.without("STORYREEL_SPEECH_PROVIDER is " + speaker + ": set it to " + offer.provider())
                : offer;
    }
}
