package io.storyreel.worker.provider;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.worker.fetch.CorruptResultException;
import io.storyreel.worker.fetch.CorruptResultException.Flaw;
import io.storyreel.worker.fetch.FetchedFile;
import io.storyreel.worker.fetch.FileKind;
import io.storyreel.worker.fetch.ResultDownloads;
import io.storyreel.worker.fetch.ResultUnreachableException;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.UnreadableMediaException;
import io.storyreel.worker.run.NeededFiles;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.UUID;
import java.util.function.Supplier;

/** Where clips and pictures that were bought are kept, under the digest of what shaped them. */
@ApplicationScoped
public class ClipShelf {
    private static final Logger LOG = Logger.getLogger(ClipShelf.class);

    private final ResultDownloads downloads;
    private final MediaProbe probe;
    private final ObjectStore objects;
    private final NeededFiles needed;

    public ClipShelf(ResultDownloads downloads, MediaProbe probe, ObjectStore objects, NeededFiles needed) {
        this.downloads = downloads;
        this.probe = probe;
        this.objects = objects;
        this.needed = needed;
    }

    static String key(Purpose purpose, String digest) {
        return ObjectKeys.bought(purpose.wireName(), digest);
    }

    /** The same for a file that is good if it can be read. */
    public Uni<Clip> keep(
            UUID job, Purpose purpose, String digest, RemoteFile file, Path target, Supplier<Uni<RemoteFile>> renew) {
        return keep(job, purpose, digest, file, target, renew, () -> Uni.createFrom()
                .voidItem());
    }

    /**
     * Fetches a file and puts it on the shelf, where others find it too: nothing may lie there that is of no use.
     *
     * @param job who bought it, and needs it from now on
     * @param target a name in a scratch directory; the file stays there for whoever goes on with it
     * @param check what else is asked of the file, once it lies at {@code target}
     * @return fails with {@link ProviderOutageException} or {@link BrokenResultException}, or as the check does
     */
    public Uni<Clip> keep(
            UUID job,
            Purpose purpose,
            String digest,
            RemoteFile file,
            Path target,
            Supplier<Uni<RemoteFile>> renew,
            Supplier<Uni<Void>> check) {
        String key = key(purpose, digest);
        return fetched(file, purpose, target, renew)
                .onFailure(ClipShelf::mayBeSpoiltOnItsWay)
                .recoverWithUni(spoilt -> fetchedAgain(spoilt, purpose, target, renew))
                .call(() -> check.get())
                .call(() -> needed.by(job, List.of(key)))
                .chain(() -> objects.put(key, target, kind(purpose) == FileKind.VIDEO ? "video/mp4" : "image/png"))
                .replaceWith(new Clip(key))
                .onFailure(ResultUnreachableException.class)
                .transform(away ->
                        new ProviderOutageException("What was made cannot be fetched: " + away.getMessage(), away))
                .onFailure(CorruptResultException.class)
                .transform(corrupt -> ofNoUse(corrupt.getMessage(), corrupt))
                .onFailure(UnreadableMediaException.class)
                .transform(damaged -> ofNoUse("the file " + damaged.getMessage(), damaged));
    }

    private static BrokenResultException ofNoUse(String why, Throwable cause) {
        return new BrokenResultException("What the provider made is of no use: " + why, cause);
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

    private Uni<FetchedFile> fetched(RemoteFile file, Purpose purpose, Path target, Supplier<Uni<RemoteFile>> renew) {
        return downloads.download(file, kind(purpose), target, renew).call(() -> readable(purpose, target));
    }

    /** What is paid for is given up only when it has come here twice and was bad each time. */
    private Uni<FetchedFile> fetchedAgain(
            Throwable spoilt, Purpose purpose, Path target, Supplier<Uni<RemoteFile>> renew) {
        LOG.infof("result is fetched once more: purpose=%s flaw=%s", purpose.wireName(), spoilt.getMessage());
        return renew.get().onItem().ifNull().failWith(spoilt).chain(file -> fetched(file, purpose, target, renew));
    }

    private static boolean mayBeSpoiltOnItsWay(Throwable failure) {
        return failure instanceof UnreadableMediaException
                || failure instanceof CorruptResultException corrupt
                        && corrupt.flaw() != Flaw.BAD_ADDRESS
                        && corrupt.flaw() != Flaw.GONE;
    }

    private static FileKind kind(Purpose purpose) {
        return purpose == Purpose.IMAGE ? FileKind.PICTURE : FileKind.VIDEO;
    }

    /** A whole video is decoded by its own check. */
    private Uni<?> readable(Purpose purpose, Path file) {
        return switch (purpose) {
            case IMAGE -> probe.picture(file);
            case CLIP -> probe.plays(file);
            default -> probe.media(file);
        };
    }
}
