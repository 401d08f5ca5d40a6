package io.storyreel.worker.scene;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storyboard.AssetReference;
import io.storyreel.worker.fetch.FileDigest;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.PictureFormat;
import io.storyreel.worker.run.JobRun;
import io.storyreel.worker.run.NeededFiles;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Keeps pictures that were drawn as files like those that users upload: checked, and named by their content. */
@ApplicationScoped
class KeptPictures {
    private final ObjectStore store;
    private final MediaProbe probe;
    private final NeededFiles needed;

    KeptPictures(ObjectStore store, MediaProbe probe, NeededFiles needed) {
        this.store = store;
        this.probe = probe;
        this.needed = needed;
    }

    /** Where a run has the picture at hand. */
    static Path localCopy(JobRun run) {
        return run.scratch().resolve("picture");
    }

    /** @param key where the object store has what was drawn, if it is not at hand */
    Uni<KeptPicture> asFileOf(JobRun run, String key) {
        Path file = localCopy(run);
        return onWorkerPool(() -> Files.exists(file))
                .chain(there -> there ? Uni.createFrom().voidItem() : store.download(key, file))
                .chain(() -> probe.picture(file))
                .chain(picture -> onWorkerPool(() -> described(file, picture.format())))
                .call(picture -> needed.by(run.job().id(), List.of(ObjectKeys.asset(picture.reference()))))
                .call(picture -> store.put(ObjectKeys.asset(picture.reference()), file, picture.mediaType()));
    }

    private static KeptPicture described(Path file, PictureFormat format) throws IOException {
        AssetReference reference = new AssetReference(FileDigest.of(file), format.extension());
        return new KeptPicture(reference, format.mediaType(), Files.size(file));
    }

    @FunctionalInterface
    private interface FileWork<T> {
        T run() throws IOException;
    }

    private static <T> Uni<T> onWorkerPool(FileWork<T> work) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        return work.run();
                    } catch (IOException e) {
                        throw new UncheckedIOException(e.getMessage(), e);
                    }
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
