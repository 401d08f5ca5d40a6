package io.storyreel.worker.provider.health;

import io.quarkus.arc.All;
import io.storyreel.common.provider.ProviderOffer.Kind;
import io.storyreel.worker.provider.ClipProvider;
import io.storyreel.worker.provider.ImageProvider;
import io.storyreel.worker.provider.TaskProvider;
import io.storyreel.worker.provider.VideoProvider;
import io.storyreel.worker.speech.SpeechChoice;
import io.storyreel.worker.speech.SpeechProvider;
import io.storyreel.worker.speech.SpeechSettings;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.List;
import java.util.stream.Stream;

/** All providers of this worker. Of those who speak only the configured ones can be used. */
@ApplicationScoped
public class WatchedProviders {
    private final List<WatchedProvider> all;

    public WatchedProviders(
            @All List<ClipProvider> clips,
            @All List<VideoProvider> videos,
            @All List<ImageProvider> images,
            @All List<SpeechProvider> speakers,
            SpeechSettings speech) {
        Stream<WatchedProvider> makers = Stream.of(
                        clips.stream().map(provider -> maker(provider, Kind.CLIP)),
                        videos.stream().map(provider -> maker(provider, Kind.VIDEO)),
                        images.stream().map(provider -> maker(provider, Kind.IMAGE)))
                .flatMap(kind -> kind);
        List<String> chosen = SpeechChoice.of(speech).names();
        this.all = Stream.concat(makers, speakers.stream().map(speaker -> watched(speaker, chosen)))
                .toList();
    }

    List<WatchedProvider> all() {
        return all;
    }

    private static WatchedProvider maker(TaskProvider<?, ?> provider, Kind kind) {
        return new WatchedProvider(provider.name(), kind, provider::offer, provider.circuits(), 0);
    }

    private static WatchedProvider watched(SpeechProvider speaker, List<String> chosen) {
        int turn = chosen.indexOf(speaker.name());
        return new WatchedProvider(
                speaker.name(),
                Kind.SPEECH,
                () -> turn < 0
                        ? speaker.offer()
                                .without("STORYREEL_SPEECH_PROVIDER does not name it: set it to " + speaker.name())
                        : speaker.offer(),
                speaker.circuits(),
                Math.max(0, turn));
    }
}
