package io.storyreel.local.client;

import java.io.IOException;
import java.io.InputStream;
import java.time.Duration;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

/**
 * The body of an answer that must keep coming. The HTTP client's own timeout ends with the headers; a peer that has
 * gone away without a word would be waited for without end after them.
 */
final class WatchedBody extends InputStream {

    /** As long as the answer itself may take to begin. */
    static final Duration PATIENCE = Duration.ofSeconds(60);

    private static final ScheduledThreadPoolExecutor WATCH = watch();

    private final InputStream body;
    private final Duration patience;
    private volatile boolean stalled;
    private volatile IOException closing;

    /** @param patience how long it may bring nothing while it is read; reading fails then */
    WatchedBody(InputStream body, Duration patience) {
        this.body = body;
        this.patience = patience;
    }

    private static ScheduledThreadPoolExecutor watch() {
        var executor = new ScheduledThreadPoolExecutor(1, work -> {
            var thread = new Thread(work, "watch over answers");
            thread.setDaemon(true);
            return thread;
        });
        executor.setRemoveOnCancelPolicy(true);
        return executor;
    }

    @Override
    public int read() throws IOException {
        var one = new byte[1];
        return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
        var end = WATCH.schedule(this::giveUp, patience.toMillis(), TimeUnit.MILLISECONDS);
        int count;
        try {
            count = body.read(bytes, offset, length);
        } catch (IOException e) {
            throw stalled ? silent(e) : e;
        } finally {
            end.cancel(false);
        }
        // A closed body may also look like one that has ended, and half an answer like a whole one.
        if (stalled) {
            throw silent(null);
        }
        return count;
    }

    /** Closing it from here wakes the reader up. */
    private void giveUp() {
        stalled = true;
        try {
            body.close();
        } catch (IOException e) {
            closing = e;
        }
    }

    private IOException silent(IOException cause) {
        return new IOException(
                "the server has sent nothing for " + patience.toSeconds() + " s", cause == null ? closing : cause);
    }

    @Override
    public void close() throws IOException {
        body.close();
    }
}
