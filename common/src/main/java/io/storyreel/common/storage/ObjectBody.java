package io.storyreel.common.storage;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.core.buffer.Buffer;
import org.jboss.logging.Logger;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/** Bytes on their way from the object store. The client only reads them blocking, so worker threads do that. */
final class ObjectBody {
    private static final Logger LOG = Logger.getLogger(ObjectBody.class);

    /** Large enough that a video is not one task per packet, small enough for thousands of readers. */
    private static final int CHUNK = 128 * 1024;

    private final InputStream stream;
    private volatile long left;
    private volatile boolean ended;

    ObjectBody(InputStream stream, long length) {
        this.stream = stream;
        this.left = length;
    }

    /** One chunk is read when it is asked for, never ahead. */
    Multi<Buffer> buffers() {
        return Multi.createBy()
                .repeating()
                .uni(() -> Uni.createFrom().item(this::next).runSubscriptionOn(Infrastructure.getDefaultWorkerPool()))
                .whilst(chunk -> left > 0)
                .onTermination()
                .invoke(this::end);
    }

    /** Bytes that have not been handed on. */
    long left() {
        return left;
    }

    private void end() {
        ended = true;
        close(stream);
    }

    /** Nobody sees what is read after the end. */
    private Buffer next() {
        synchronized (stream) {
            if (ended) {
                return Buffer.buffer();
            }
            try {
                byte[] chunk = stream.readNBytes((int) Math.min(CHUNK, left));
                if (chunk.length == 0 && left > 0) {
                    throw new EOFException("the object store ended " + left + " bytes early");
                }
                left -= chunk.length;
                return Buffer.buffer(chunk);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    /**
     * Closing may wait for the rest of the answer, so it is no task for an event loop. A chunk that is being read is read
     * to its end before: a stream that is closed under its reader loses its connection, and both of them fail.
     */
    static void close(InputStream stream) {
        Infrastructure.getDefaultWorkerPool().execute(() -> {
            synchronized (stream) {
                try {
                    stream.close();
                } catch (IOException alreadyGone) {
                    LOG.debugf("closing an object failed: reason=%s", alreadyGone.getMessage());
                }
            }
        });
    }
}
