package io.storyreel.local.process;

import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/**
 * A sink whose failures stay with it. A full disk costs log lines; it must not cost the reader of a child's output,
 * since a child nobody reads from stands still at its next line, nor an answer that is ready.
 */
public final class SteadfastSink implements LogSink {

    private final LogSink sink;
    private final Consumer<String> complaint;
    private final AtomicBoolean told = new AtomicBoolean();

    /** @param complaint told of the first failure; those after it only cost their line */
    public SteadfastSink(LogSink sink, Consumer<String> complaint) {
        this.sink = sink;
        this.complaint = complaint;
    }

    @Override
    public void line(String process, String line) {
        try {
            sink.line(process, line);
        } catch (RuntimeException e) {
            if (told.compareAndSet(false, true)) {
                complaint.accept("log lines are being lost: " + e.getMessage()
                        + (e.getCause() == null ? "" : ": " + e.getCause().getMessage()));
            }
        }
    }
}
