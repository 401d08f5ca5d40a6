package io.storyreel.local.client;

import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodySubscribers;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.Flow;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

/** Hands the lines of an open answer from the HTTP client's threads to ours; reads on only as fast as they are taken. */
final class LineQueue implements Flow.Subscriber<String>, AutoCloseable {

    private static final int AHEAD = 256;

    private final LinkedBlockingQueue<Optional<String>> lines = new LinkedBlockingQueue<>();
    private volatile Flow.Subscription subscription;
    private volatile boolean closed;

    /** Lines of a successful answer; anything else is dropped, its status tells. */
    HttpResponse.BodyHandler<Void> bodyHandler() {
        return answer -> {
            if (answer.statusCode() == 200) {
                return BodySubscribers.fromLineSubscriber(this);
            }
            end();
            return BodySubscribers.replacing(null);
        };
    }

    /** There will be no further line: whoever waits for one is told. */
    void end() {
        lines.add(Optional.empty());
    }

    /**
     * The next line, waiting at most so long for it.
     *
     * @return empty when the stream has ended or been silent for too long
     */
    Optional<String> next(Duration patience) throws InterruptedException {
        var line = lines.poll(patience.toMillis(), TimeUnit.MILLISECONDS);
        if (line == null || line.isEmpty()) {
            return Optional.empty();
        }
        subscription.request(1);
        return line;
    }

    @Override
    public void onSubscribe(Flow.Subscription newSubscription) {
        subscription = newSubscription;
        if (closed) {
            newSubscription.cancel();
        } else {
            newSubscription.request(AHEAD);
        }
    }

    @Override
    public void onNext(String line) {
        lines.add(Optional.of(line));
    }

    @Override
    public void onError(Throwable failure) {
        end();
    }

    @Override
    public void onComplete() {
        end();
    }

    @Override
    public void close() {
        closed = true;
        if (subscription != null) {
            subscription.cancel();
        }
    }
}
