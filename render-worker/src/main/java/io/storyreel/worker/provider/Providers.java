package io.storyreel.worker.provider;

import io.quarkus.arc.All;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.run.JobFailure;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The providers this worker has, by name. */
@ApplicationScoped
public class Providers {
    private final Map<String, VideoProvider> videos;
    private final Map<String, ClipProvider> clips;
    private final Map<String, ImageProvider> images;

    public Providers(@All List<VideoProvider> videos, @All List<ClipProvider> clips, @All List<ImageProvider> images) {
        this.videos = videos.stream().collect(Collectors.toMap(TaskProvider::name, Function.identity()));
        this.clips = clips.stream().collect(Collectors.toMap(TaskProvider::name, Function.identity()));
        this.images = images.stream().collect(Collectors.toMap(TaskProvider::name, Function.identity()));
    }

    public boolean makesWholeVideos(String name) {
        return videos.containsKey(name);
    }

    public VideoProvider video(String name) {
        return required(videos, name);
    }

    /** @throws JobFailure lasting, if this worker has no such provider */
    public ClipProvider clip(String name) {
        return required(clips, name);
    }

    /**
     * Who draws pictures of that shape under that name.
     *
     * @throws JobFailure lasting, if nobody can
     */
    public ImageProvider image(String name, AspectRatio ratio) {
        ImageProvider provider = images.get(name);
        if (provider == null) {
            throw JobFailure.lasting(
                    "unknown_provider",
                    "No provider \"" + name + "\" here draws pictures: use one of " + images.keySet());
        }
        requireSetUp(provider.offer());
        if (!provider.offer().shapes(ratio)) {
            throw JobFailure.lasting(
                    "unusable_provider", "aspect_ratio: " + name + " draws no " + ratio.wireName() + " pictures");
        }
        return provider;
    }

    private static void requireSetUp(ProviderOffer offer) {
        if (!offer.usable()) {
            throw JobFailure.lasting("provider_not_set_up", offer.provider() + " is not set up: " + offer.missing());
        }
    }

    /**
     * Who makes the job's clips: the provider that was asked for, then those of its fallbacks that are set up and can
     * make the storyboard's shape.
     *
     * @throws JobFailure lasting, if the first cannot
     */
    public List<ClipProvider> chain(ClaimedJob job, Storyboard storyboard) {
        ClipProvider first = clip(job.provider());
        ProviderOffer offer = first.offer();
        requireSetUp(offer);
        if (!offer.shapes(storyboard.aspectRatio())) {
            throw JobFailure.lasting(
                    "unusable_provider",
                    "aspect_ratio: " + first.name() + " makes no "
                            + storyboard.aspectRatio().wireName() + " clips");
        }
        List<ClipProvider> chain = new ArrayList<>(List.of(first));
        job.fallback().stream()
                .distinct()
                .map(clips::get)
                .filter(next -> next != null
                        && next != first
                        && next.offer().usable()
                        && next.offer().shapes(storyboard.aspectRatio()))
                .forEach(chain::add);
        return chain;
    }

    /** Who makes such things in tasks under that name, if this worker knows such a provider. */
    public Optional<TaskProvider<?, ?>> find(String name, Purpose purpose) {
        return Optional.ofNullable(
                switch (purpose) {
                    case VIDEO -> videos.get(name);
                    case CLIP -> clips.get(name);
                    case IMAGE -> images.get(name);
                    case SPEECH -> null; // made in one call
                });
    }

    private <P> P required(Map<String, P> providers, String name) {
        P provider = providers.get(name);
        if (provider == null) {
            var known = new TreeSet<>(videos.keySet());
            known.addAll(clips.keySet());
            throw JobFailure.lasting(
                    "unknown_provider",
                    "There is no provider \"" + name + "\": use one of " + String.join(", ", known));
        }
        return provider;
    }
}
