package io.storyreel.worker.provider;

import io.quarkus.arc.All;
import io.storyreel.worker.run.JobFailure;
import jakarta.enterprise.context.ApplicationScoped;

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

    public Providers(@All List<VideoProvider> videos, @All List<ClipProvider> clips) {
        this.videos = videos.stream().collect(Collectors.toMap(TaskProvider::name, Function.identity()));
        this.clips = clips.stream().collect(Collectors.toMap(TaskProvider::name, Function.identity()));
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

    /** Who makes things in tasks under that name, if this worker knows such a provider. */
    public Optional<TaskProvider<?, ?>> find(String name) {
        TaskProvider<?, ?> video = videos.get(name);
        return Optional.ofNullable(video == null ? clips.get(name) : video);
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
