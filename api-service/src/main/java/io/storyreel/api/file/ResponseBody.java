package io.storyreel.api.file;

import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.storyreel.common.storage.ObjectStore;
import io.vertx.core.Future;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.mutiny.core.buffer.Buffer;
import org.jboss.logging.Logger;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongConsumer;

/**
 * Writes chunks to a client: while one leaves, the next is fetched, and none beyond it. So two are in memory, which is as
 * many as may be asked for.
 */
final class ResponseBody implements MultiSubscriber<Buffer> {
    private static final Logger LOG = Logger.getLogger(ResponseBody.class);

    private final HttpServerResponse response;
    private final String path;
    private final LongConsumer sent;
    private final AtomicReference<Flow.Subscription> source = new AtomicReference<>();
    private final AtomicLong bytes = new AtomicLong();
    private final AtomicBoolean ended = new AtomicBoolean();
    private volatile Future<Void> lastWrite = Future.succeededFuture();

    /** @param sent told once, at whatever end, how many bytes have left for the client */
    ResponseBody(HttpServerResponse response, String path, LongConsumer sent) {
        this.response = response;
        this.path = path;
        this.sent = sent;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source.set(subscription);
        response.closeHandler(gone -> abandon());
        response.exceptionHandler(broken -> abandon());
        subscription.request(ObjectStore.CHUNKS_AT_ONCE);
    }

    @Override
    public void onItem(Buffer chunk) {
        int length = chunk.length();
        lastWrite = response.write(chunk.getDelegate()).onComplete(written -> {
            if (written.succeeded()) {
                bytes.addAndGet(length);
                source.get().request(1);
            } else {
                abandon();
            }
        });
    }

    /** The client was promised more bytes than come: only a broken connection tells it so. */
    @Override
    public void onFailure(Throwable failure) {
        LOG.warnf("file not sent to its end: path=%s reason=%s", path, failure);
        end();
        response.reset();
    }

    /**
     * The source may end before its last chunk has left. Told before the answer ends: a process that stops waits for
     * open answers, and then for what it was told.
     */
    @Override
    public void onCompletion() {
        lastWrite.onComplete(written -> {
            end();
            response.end();
        });
    }

    private void abandon() {
        source.get().cancel();
        end();
    }

    private void end() {
        if (ended.compareAndSet(false, true)) {
            sent.accept(bytes.get());
        }
    }
}
