package io.storyreel.worker.media;

import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What a video file holds; every packet of it was read. */
public record MediaFile(Path file, Container container, List<Track> tracks) {

    public MediaFile {
        tracks = List.copyOf(tracks);
    }

    public Optional<Track.Video> video() {
        return only(Track.Video.class).findFirst();
    }

    public Optional<Track.Sound> sound() {
        return only(Track.Sound.class).findFirst();
    }

    /** Length of the longest track. */
    public Duration length() {
        return tracks.stream().map(Track::length).max(Duration::compareTo).orElse(Duration.ZERO);
    }

    private <T extends Track> Stream<T> only(Class<T> kind) {
        return tracks.stream().filter(kind::isInstance).map(kind::cast);
    }
}
