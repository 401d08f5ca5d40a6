package io.storyreel.worker.provider.http;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.vertx.core.Future;
import io.vertx.core.Promise;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpClientRequest;
import io.vertx.core.http.HttpClientResponse;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

/**
 * The one way by which JSON goes to providers and comes back. Answers are bounded, redirects are not followed (a key
 * must not travel to another host), and a failure says whether the request can have arrived.
 */
@ApplicationScoped
public class ProviderHttp {
    private static final Logger LOG = Logger.getLogger(ProviderHttp.class);

    static final int MOST_ANSWER_BYTES = 1 << 20;
    private static final int CONNECT_TIMEOUT_MILLIS = 5_000;

    private final HttpClient questions;

    /** A kept connection may be closed at the other end while an order is under way, and nobody could say how far it got. */
    private final HttpClient orders;

    public ProviderHttp(Vertx vertx) {
        this.questions = vertx.createHttpClient(common().setKeepAliveTimeout(30));
        this.orders = vertx.createHttpClient(common().setKeepAlive(false));
    }

    private static HttpClientOptions common() {
        return new HttpClientOptions()
                .setConnectTimeout(CONNECT_TIMEOUT_MILLIS)
                .setMaxPoolSize(64)
                .setMaxWaitQueueSize(20_000)
                .setMaxHeaderSize(32 * 1024);
    }

    @PreDestroy
    void close() {
        questions.close();
        orders.close();
    }

    /**
     * The answer, whatever its status. Fails with {@link ProviderOutageException} if the request did not get there, or
     * may be repeated without harm; with {@link OutcomeUnknownException} if it may have arrived.
     */
    public Uni<JsonAnswer> send(JsonCall call) {
        return send(call, call.body() == null ? null : call.body().toBuffer());
    }

    /**
     * The same with a body of another kind, which the call's header {@code Content-Type} names.
     *
     * @param content null for none
     */
    public Uni<JsonAnswer> send(JsonCall call, Buffer content) {
        return Uni.createFrom().emitter(emitter -> {
            Exchange exchange = new Exchange(call, content);
            emitter.onTermination(exchange::stop);
            (call.repeatable() ? questions : orders)
                    .request(options(call))
                    .onFailure(unreachable -> emitter.fail(exchange.unreachable(unreachable)))
                    .onSuccess(opened -> exchange.send(opened)
                            .onSuccess(emitter::complete)
                            .onFailure(cut -> emitter.fail(exchange.failure(cut))));
        });
    }

    private static RequestOptions options(JsonCall call) {
        RequestOptions options = new RequestOptions()
                .setMethod(call.method())
                .setAbsoluteURI(call.url())
                .setFollowRedirects(false)
                // A provider that goes silent must not hold the connection for ever, whoever waits for the call.
                .setIdleTimeout(call.limit().toMillis())
                .putHeader("Accept", "application/json")
                .putHeader("User-Agent", "Storyreel");
        if (call.body() != null) {
            options.putHeader("Content-Type", "application/json");
        }
        call.headers().forEach(options::putHeader);
        return options;
    }

    private static final class TooLarge extends RuntimeException {
        private static final String MESSAGE = " answered with more than 1 MiB";
        private static final long serialVersionUID = 1L;

        TooLarge() {
            super(MESSAGE, null, false, false);
        }
    }

    /** One request and its answer. What the network says of a failure names hosts of ours, so it goes to the log only. */
    private static final class Exchange {
        private final JsonCall call;
        private final Buffer content;
        private volatile HttpClientRequest request;
        private volatile boolean stopped;

        Exchange(JsonCall call, Buffer content) {
            this.call = call;
            this.content = content;
        }

        Future<JsonAnswer> send(HttpClientRequest opened) {
            request = opened;
            if (stopped) {
                opened.reset();
            }
            // Listening begins before anything is sent: who does not like an order says so without reading all of it.
            Future<JsonAnswer> answer = opened.response().compose(this::read);
            Future<Void> sent = content == null ? opened.end() : opened.end(content);
            return answer.recover(cut -> Future.failedFuture(sent.failed() ? sent.cause() : cut));
        }

        private Future<JsonAnswer> read(HttpClientResponse response) {
            Promise<JsonAnswer> answer = Promise.promise();
            Buffer body = Buffer.buffer();
            response.exceptionHandler(answer::tryFail);
            response.handler(chunk -> {
                if (body.length() + chunk.length() > MOST_ANSWER_BYTES) {
                    answer.tryFail(new TooLarge());
                    stop();
                } else {
                    body.appendBuffer(chunk);
                }
            });
            response.endHandler(end -> answer.tryComplete(
                    new JsonAnswer(call.provider(), response.statusCode(), response.headers(), body)));
            return answer.future();
        }

        ProviderOutageException unreachable(Throwable cause) {
            LOG.infof("provider could not be reached: provider=%s reason=%s", call.provider(), cause.getMessage());
            return new ProviderOutageException(call.provider() + " could not be reached", cause);
        }

        ProviderOutageException failure(Throwable cut) {
            LOG.infof("provider did not answer: provider=%s reason=%s", call.provider(), cut.getMessage());
            String message = call.provider() + (cut instanceof TooLarge ? TooLarge.MESSAGE : " did not answer");
            return call.repeatable()
                    ? new ProviderOutageException(message, cut)
                    : new OutcomeUnknownException(message, cut);
        }

        void stop() {
            stopped = true;
            HttpClientRequest open = request;
            if (open != null) {
                open.reset(); // does nothing once the answer is complete
            }
        }
    }
}
