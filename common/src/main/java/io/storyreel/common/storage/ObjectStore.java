package io.storyreel.common.storage;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.core.buffer.Buffer;

import java.net.URI;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/**
 * Owns the bytes. Nothing blocks the caller; every call has a deadline and is repeated while the server is away, as
 * {@link StorageSettings} says. Failures: {@link ObjectMissingException}, {@link StorageAwayException} after that time,
 * otherwise what the server said.
 */
public interface ObjectStore {
    /** Of a file that is read: while one leaves, the next comes. */
    int CHUNKS_AT_ONCE = 2;

    /**
     * Headers that the object store is to answer with; null for its own.
     *
     * @param disposition value of Content-Disposition
     */
    record AnswerHeaders(String mediaType, String disposition) {
        static final AnswerHeaders ITS_OWN = new AnswerHeaders(null, null);
    }

    /** Uploads the file with its known size and checks by size that all of it arrived. Overwrites. */
    Uni<StoredObject> put(String key, Path file, String mediaType);

    /** What is known of the object; fails with {@link ObjectMissingException} if there is none. */
    Uni<StoredObject> stat(String key);

    /**
     * The bytes from {@code offset}, at most {@code length} of them, as they arrive; read no faster than they are asked
     * for. Cancelling closes the connection. The memory of a chunk is used again: whoever asks for more than
     * {@link #CHUNKS_AT_ONCE} that he is not done with loses the oldest.
     */
    Multi<Buffer> read(String key, long offset, long length);

    /** Downloads the whole object into {@code target}, which must not exist. */
    Uni<Void> download(String key, Path target);

    /**
     * Copies the object with its media type; the server does so by itself. Overwrites. Fails with
     * {@link ObjectMissingException} if there is nothing to copy.
     */
    Uni<Void> copy(String from, String to);

    /** Removes the object; no failure if there is none. */
    Uni<Void> delete(String key);

    /**
     * An address at which anybody can read the object with GET, without headers, for {@code life}, 7 days at most; other
     * methods are refused. It is for the host of {@link StorageSettings#publicEndpoint}. No server is asked, so an object
     * that is not there has one too.
     */
    URI presigned(String key, Duration life);

    /**
     * The same for {@code answer}: the object store answers with these headers in the place of its own.
     */
    URI presigned(String key, Duration life, AnswerHeaders answer);

    /**
     * An address at which anybody can put exactly {@code size} bytes under this key, with this media type as Content-Type,
     * as often as he likes within {@code life}. Of the same host as {@link #presigned}.
     */
    URI presignedUpload(String key, Duration life, String mediaType, long size);

    /**
     * Files whose names begin with {@code prefix} and come after {@code after}, in the order of their names; fewer than
     * {@code most} only if there are no more.
     *
     * @param most 1 to 1,000, as many as the protocol allows
     */
    Uni<List<ListedObject>> list(String prefix, String after, int most);

    /** Fails if the bucket cannot be reached; for readiness checks. Not repeated. */
    Uni<Void> ping();
}
