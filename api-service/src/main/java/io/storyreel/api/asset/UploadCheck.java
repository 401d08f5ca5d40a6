package io.storyreel.api.asset;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.storage.ObjectStore;
import io.storyreel.common.storage.StoredObject;

/** Whether a file in the object store is the one that was agreed on, and one that can be used. */
final class UploadCheck {
    private final UploadTicket ticket;
    private final FileLimits limits;

    /** Bytes of a chunk, whose memory is used again: a file of any size takes no more than this. */
    private byte[] chunk = new byte[0];

    UploadCheck(UploadTicket ticket, FileLimits limits) {
        this.ticket = ticket;
        this.limits = limits;
    }

    /** Some object stores take what the address was not signed for. */
    void requireSize(StoredObject stored) {
        if (stored.size() != ticket.size()) {
            throw FileInspection.refused(
                    ProblemCode.UNUSABLE_FILE, "size", "was to have " + ticket.size() + " bytes, has " + stored.size());
        }
    }

    /** Reads the file once, on the threads that the object store's bytes come on. */
    Uni<InspectedFile> of(StoredObject stored, ObjectStore objects) {
        requireSize(stored);
        var inspection = new FileInspection(stored.size(), limits);
        return objects.read(stored.key(), 0, stored.size())
                .onItem()
                .invoke(bytes -> {
                    if (chunk.length < bytes.length()) {
                        chunk = new byte[bytes.length()];
                    }
                    bytes.getBytes(0, bytes.length(), chunk);
                    inspection.show(chunk, bytes.length());
                })
                .collect()
                .last()
                .map(last -> requireAgreed(inspection.end()));
    }

    private InspectedFile requireAgreed(InspectedFile file) {
        if (file.type() != ticket.type()) {
            throw FileInspection.refused(
                    ProblemCode.UNUSABLE_FILE,
                    "media_type",
                    "was to be " + ticket.type().mediaType() + ", its content is "
                            + file.type().mediaType());
        }
        if (!file.reference().sha256().equals(ticket.sha256())) {
            throw FileInspection.refused(
                    ProblemCode.UNUSABLE_FILE,
                    "sha256",
                    "was to have the digest " + ticket.sha256() + ", has "
                            + file.reference().sha256());
        }
        return file;
    }
}
