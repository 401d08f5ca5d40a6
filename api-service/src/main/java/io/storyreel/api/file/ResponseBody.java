package io.storyreel.api.file;

import io.smallrye.mutiny.subscription.MultiSubscriber;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.mutiny.core.buffer.Buffer;
import org.jboss.logging.Logger;

import java.util.concurrent.Flow;
import java.util.concurrent.atomic.AtomicReference;

/** Writes chunks to a client: the next is fetched when the one before has left, so one chunk is in memory at a time. */
final class ResponseBody implements MultiSubscriber<Buffer> {
    private static final Logger LOG = Logger.getLogger(ResponseBody.class);

    private final HttpServerResponse response;
    private final String path;
    private final AtomicReference<Flow.Subscription> source = new AtomicReference<>();

    ResponseBody(HttpServerResponse response, String path) {
        this.response = response;
        this.path = path;
    }

    @Override
    public void onSubscribe(Flow.Subscription subscription) {
        source.set(subscription);
        response.closeHandler(gone -> subscription.cancel());
        response.exceptionHandler(broken -> subscription.cancel());
        subscription.request(1);
    }

    @Override
    public void onItem(Buffer chunk) {
        response.write(chunk.getDelegate()).onComplete(written -> {
            if (written.succeeded()) {
                source.get().request(1);
            } else {
                source.get().cancel();
            }
        });
    }

    /** The client was promised more bytes than come: only a broken connection tells it so. */
    @Override
    public void onFailure(Throwable failure) {
        LOG.warnf("file not sent to its end: path=%s reason=%s", path, failure);
        response.reset();
    }

    @Override
    public void onCompletion() {
        response.end();
    }
}
