package io.storyreel.api.asset;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.problem.RequestLimits;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storage.StoredObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.net.URI;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;

/**
 * Files that clients put into the object store by themselves. What was sent is sealed before it is looked at: its address is
 * good for a while, and with it the file could be changed between the look and the use.
 */
@ApplicationScoped
class DirectUploads {
    private static final Logger LOG = Logger.getLogger(DirectUploads.class);

    private final UploadTickets tickets;
    private final ObjectStore objects;
    private final Assets assets;
    private final UploadSettings settings;
    private final FileLimits limits;
    private final Clock clock;

    /** @param url where to put the file */
    record Begun(String id, UploadTicket ticket, URI url) {}

    DirectUploads(
            UploadTickets tickets,
            ObjectStore objects,
            Assets assets,
            UploadSettings settings,
            RequestLimits requests,
            Clock clock) {
        if (settings.life().toSeconds() < 1 || settings.life().compareTo(UploadSettings.LONGEST_LIFE) > 0) {
            throw new IllegalArgumentException("storyreel.uploads.life must be 1 s to 12 h, is " + settings.life());
        }
        if (settings.music().asLongValue() > UploadSettings.LARGEST) {
            throw new IllegalArgumentException("storyreel.uploads.music must be at most 5G, is "
                    + settings.music().asLongValue());
        }
        this.tickets = tickets;
        this.objects = objects;
        this.assets = assets;
        this.settings = settings;
        this.limits =
                new FileLimits(requests.image().asLongValue(), settings.music().asLongValue(), "make it smaller");
        this.clock = clock;
    }

    Begun begin(UUID workspace, UploadRequest request) {
        FileType type = request.checkedType();
        limits.require(type, request.size(), "size");
        var ticket = new UploadTicket(
                UuidCreator.getTimeOrderedEpoch(),
                clock.instant().plus(settings.life()).truncatedTo(ChronoUnit.SECONDS),
                request.size(),
                request.sha256(),
                type);
        URI url = objects.presignedUpload(
                ObjectKeys.sentUpload(ticket.id()), settings.life(), type.mediaType(), ticket.size());
        return new Begun(tickets.id(workspace, ticket), ticket, url);
    }

    /** The same answer however often it is asked for, because an answer may be lost. */
    Uni<Assets.Asset> complete(UUID workspace, String uploadId) {
        UploadTicket ticket = tickets.read(workspace, uploadId);
        String sent = ObjectKeys.sentUpload(ticket.id());
        return objects.stat(sent)
                .chain(stored -> taken(workspace, ticket, stored))
                .call(() -> forgotten(sent))
                .onFailure(ProblemException.class)
                .call(() -> forgotten(sent))
                .onFailure(ObjectMissingException.class)
                .recoverWithUni(() -> completedBefore(workspace, ticket))
                .ifNoItem()
                .after(settings.longestCheck())
                .failWith(() -> new ProblemException(
                        ProblemCode.UNAVAILABLE,
                        "The file could not be looked at within "
                                + settings.longestCheck().toSeconds() + " s; try again shortly."));
    }

    private Uni<Assets.Asset> taken(UUID workspace, UploadTicket ticket, StoredObject stored) {
        requireInTime(ticket);
        new UploadCheck(ticket, limits).requireSize(stored);
        String sealed = ObjectKeys.sealedUpload(ticket.id(), UUID.randomUUID());
        return objects.copy(stored.key(), sealed)
                .chain(() -> objects.stat(sealed))
                .chain(copy -> new UploadCheck(ticket, limits).of(copy, objects))
                .chain(file -> assets.keepCopy(workspace, file, sealed))
                .onTermination()
                .call(() -> forgotten(sealed));
    }

    private Uni<Assets.Asset> completedBefore(UUID workspace, UploadTicket ticket) {
        return assets.find(workspace, ticket.sha256()).onItem().ifNull().switchTo(() -> {
            requireInTime(ticket);
            return Uni.createFrom()
                    .failure(refused(
                            ProblemCode.CONFLICT,
                            "has no file yet: send its " + ticket.size()
                                    + " bytes to upload.url first, then complete it"));
        });
    }

    private void requireInTime(UploadTicket ticket) {
        Instant now = clock.instant();
        if (now.isAfter(ticket.expiresAt())) {
            throw refused(
                    ProblemCode.REMOVED, "expired at " + ticket.expiresAt() + ", it is " + now + ": begin another");
        }
    }

    /** What cannot be removed now is found by the sweeper. */
    private Uni<Void> forgotten(String key) {
        return objects.delete(key)
                .onFailure()
                .invoke(failure -> LOG.warnf("upload not removed, left to the sweeper: key=%s reason=%s", key, failure))
                .onFailure()
                .recoverWithNull();
    }

    private static ProblemException refused(ProblemCode code, String message) {
        return new ProblemException(code, "The upload " + message + ".", List.of(new Violation("upload_id", message)));
    }
}
