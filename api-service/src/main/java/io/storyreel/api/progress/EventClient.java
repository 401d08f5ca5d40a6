package io.storyreel.api.progress;

import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerResponse;

/** One open stream. Safe to use from any thread; what is sent arrives in order. */
final class EventClient {
    private final HttpServerResponse response;
    private boolean closed;

    EventClient(HttpServerResponse response, int bufferBytes) {
        this.response = response;
        response.setWriteQueueMaxSize(bufferBytes);
    }

    void open(Buffer firstLine) {
        response.setChunked(true)
                .putHeader("Content-Type", "text/event-stream;charset=UTF-8")
                .putHeader("Cache-Control", "no-cache")
                .putHeader("X-Accel-Buffering", "no");
        send(firstLine);
    }

    synchronized void send(Buffer text) {
        if (closed) {
            return;
        }
        if (response.writeQueueFull()) {
            // It has fallen behind by a whole buffer. It will come back and ask for what it missed.
            closed = true;
            response.reset();
            return;
        }
        response.write(text);
    }

    synchronized void end() {
        if (!closed) {
            closed = true;
            response.end();
        }
    }

    /** It went away by itself. */
    synchronized void gone() {
        closed = true;
    }

    /** The connection is gone, whether or not anybody was told. */
    boolean isBroken() {
        return response.closed();
    }

    synchronized boolean isClosed() {
        return closed;
    }
}
