package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.worker.fetch.CorruptResultException;
import io.storyreel.worker.fetch.FileKind;
import io.storyreel.worker.fetch.ResultDownloads;
import io.storyreel.worker.fetch.ResultUnreachableException;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.UnreadableMediaException;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.Supplier;

/** Where clips and pictures that were bought are kept, under the digest of what shaped them. */
@ApplicationScoped
public class ClipShelf {
    private final ResultDownloads downloads;
    private final MediaProbe probe;
    private final ObjectStore objects;

    public ClipShelf(ResultDownloads downloads, MediaProbe probe, ObjectStore objects) {
        this.downloads = downloads;
        this.probe = probe;
        this.objects = objects;
    }

    static String key(Purpose purpose, String digest) {
        return ObjectKeys.bought(purpose.wireName(), digest);
    }

    /** The same for a file that is good if it can be read. */
    public Uni<Clip> keep(
            Purpose purpose, String digest, RemoteFile file, Path target, Supplier<Uni<RemoteFile>> renew) {
        return keep(purpose, digest, file, target, renew, () -> Uni.createFrom().voidItem());
    }

    /**
     * Fetches a file and puts it on the shelf, where others find it too: nothing may lie there that is of no use.
     *
     * @param target a name in a scratch directory; the file stays there for whoever goes on with it
     * @param check what else is asked of the file, once it lies at {@code target}
     * @return fails with {@link ProviderOutageException} or {@link BrokenResultException}, or as the check does
     */
    public Uni<Clip> keep(
            Purpose purpose,
            String digest,
            RemoteFile file,
            Path target,
            Supplier<Uni<RemoteFile>> renew,
            Supplier<Uni<Void>> check) {
        FileKind kind = purpose == Purpose.IMAGE ? FileKind.PICTURE : FileKind.VIDEO;
        String key = key(purpose, digest);
        return downloads
                .download(file, kind, target, renew)
                .call(() -> readable(kind, target))
                .call(() -> check.get())
                .chain(() -> objects.put(key, target, kind == FileKind.VIDEO ? "video/mp4" : "image/png"))
                .replaceWith(new Clip(key))
                .onFailure(ResultUnreachableException.class)
                .transform(away ->
                        new ProviderOutageException("What was made cannot be fetched: " + away.getMessage(), away))
                .onFailure(failure ->
                        failure instanceof CorruptResultException || failure instanceof UnreadableMediaException)
                .transform(broken -> new BrokenResultException(
                        "What the provider made is of no use: " + broken.getMessage(), broken));
    }

    Uni<Void> discard(Path file) {
        return Uni.createFrom()
                .item(() -> {
                    try {
                        Files.deleteIfExists(file);
                    } catch (IOException e) {
                        throw new UncheckedIOException(e);
                    }
                    return null;
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool())
                .replaceWithVoid();
    }

    private Uni<?> readable(FileKind kind, Path file) {
        return kind == FileKind.PICTURE ? probe.picture(file) : probe.media(file);
    }
}
