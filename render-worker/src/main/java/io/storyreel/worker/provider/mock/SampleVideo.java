package io.storyreel.worker.provider.mock;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storyboard.OutputFormat;
import io.storyreel.worker.fetch.FileDigest;
import io.storyreel.worker.media.Canvas;
import io.storyreel.worker.media.Composer;
import io.storyreel.worker.media.MediaFile;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.SampleClip;
import io.storyreel.worker.media.Track;
import io.storyreel.worker.provider.FinishedVideo;
import io.storyreel.worker.run.NeededFiles;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;

/**
 * The video that every mock task ends with. Made and stored once by each worker, under its digest; after that a task
 * costs neither an ffmpeg run nor a call to the object store.
 */
@ApplicationScoped
public class SampleVideo {
    private static final Canvas CANVAS = new Canvas(854, 480);
    private static final int FRAMES_PER_SECOND = 30;
    private static final Duration LENGTH = Duration.ofSeconds(2);
    private static final long SEED = 7;

    private final SampleClip clip;
    private final Composer composer;
    private final MediaProbe probe;
    private final ObjectStore store;
    private final NeededFiles needed;
    private final AtomicReference<Uni<FinishedVideo>> made = new AtomicReference<>();

    public SampleVideo(SampleClip clip, Composer composer, MediaProbe probe, ObjectStore store, NeededFiles needed) {
        this.clip = clip;
        this.composer = composer;
        this.probe = probe;
        this.store = store;
        this.needed = needed;
    }

    public Uni<FinishedVideo> stored() {
        Uni<FinishedVideo> known = made.get();
        if (known != null) {
            return known;
        }
        // Everybody who asks meanwhile waits for the same file; a failure is not kept, so the next task tries again.
        Uni<FinishedVideo> making =
                make().onFailure().invoke(() -> made.set(null)).memoize().indefinitely();
        return made.compareAndSet(null, making) ? making : stored();
    }

    private Uni<FinishedVideo> make() {
        return blocking(() -> Files.createTempDirectory("storyreel-sample-")).chain(directory -> {
            Path video = directory.resolve("sample.mp4");
            Path poster = directory.resolve("poster.jpg");
            return clip.write(CANVAS, FRAMES_PER_SECOND, LENGTH, SEED, video)
                    .chain(() -> probe.media(video))
                    .call(media -> composer.poster(media, LENGTH.dividedBy(2), poster))
                    .chain(media -> store(media, poster))
                    .eventually(() -> blocking(() -> remove(directory, video, poster)));
        });
    }

    private Uni<FinishedVideo> store(MediaFile media, Path poster) {
        Track.Video picture = media.video().orElseThrow();
        String type = OutputFormat.MP4.mediaType();
        return blocking(() -> new Named(FileDigest.of(media.file()), FileDigest.of(poster), Files.size(media.file())))
                .chain(named -> {
                    String key = ObjectKeys.content(named.video(), OutputFormat.MP4.extension());
                    String posterKey = ObjectKeys.content(named.poster(), "jpg");
                    var finished = new FinishedVideo(
                            key,
                            type,
                            named.size(),
                            named.video(),
                            media.length().toMillis() / 1000.0,
                            picture.width(),
                            picture.height(),
                            posterKey);
                    return needed.forEver(List.of(key, posterKey))
                            .chain(() -> store.put(key, media.file(), type))
                            .chain(() -> store.put(posterKey, poster, "image/jpeg"))
                            .replaceWith(finished);
                });
    }

    private record Named(String video, String poster, long size) {}

    private static Path remove(Path directory, Path... files) throws IOException {
        for (Path file : files) {
            Files.deleteIfExists(file);
        }
        Files.deleteIfExists(directory);
        return directory;
    }

    @FunctionalInterface
    private interface FileWork<T> {
        T run() throws IOException;
    }

    private static <T> Uni<T> blocking(FileWork<T> work) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
