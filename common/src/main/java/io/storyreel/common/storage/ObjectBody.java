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

/**
 * Bytes on their way from the object store. The client only reads them blocking, so worker threads do that. Two chunks take
 * turns and are used again: a large file would otherwise leave several times its size as garbage, and the process would
 * grow by what its heap lets lie (measured: by 159 MB for files of 2 GB, with -Xmx512m).
 */
final class ObjectBody {
    private static final Logger LOG = Logger.getLogger(ObjectBody.class);

    /** Large enough that a video is not one task per packet, small enough for thousands of readers. */
    private static final int CHUNK = 128 * 1024;

    private final InputStream stream;
    private final byte[] read;
    private final Buffer[] chunks = new Buffer[ObjectStore.CHUNKS_AT_ONCE];
    private int turn;
    private volatile long left;
    private volatile boolean ended;

    ObjectBody(InputStream stream, long length) {
        this.stream = stream;
        this.left = length;
        this.read = new byte[(int) Math.min(CHUNK, length)];
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
                int length = stream.readNBytes(read, 0, (int) Math.min(read.length, left));
                if (length == 0 && left > 0) {
                    throw new EOFException("the object store ended " + left + " bytes early");
                }
                left -= length;
                return chunk(length);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }
    }

    private Buffer chunk(int length) {
        turn = (turn + 1) % chunks.length;
        if (chunks[turn] == null) {
            chunks[turn] = Buffer.buffer(read);
        } else {
            chunks[turn].setBytes(0, read, 0, length);
        }
        return length == read.length ? chunks[turn] : chunks[turn].slice(0, length);
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
