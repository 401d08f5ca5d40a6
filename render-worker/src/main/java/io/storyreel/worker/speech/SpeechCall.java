package io.storyreel.worker.speech;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.fetch.DiskFullException;
import io.storyreel.worker.fetch.HttpAnswer;
import io.storyreel.worker.fetch.HttpDownload;
import io.storyreel.worker.provider.ChargedException;
import io.storyreel.worker.provider.health.ProviderOperation;
import io.storyreel.worker.provider.health.ProviderWatch;
import io.storyreel.worker.speech.SpeechRefusedException.Subject;
import io.vertx.core.MultiMap;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.file.FileSystemException;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import javax.net.ssl.SSLException;
import java.math.BigDecimal;
import java.net.ConnectException;
import java.net.UnknownHostException;
import java.util.Locale;
import java.util.concurrent.atomic.AtomicReference;

/**
 * One call to a speech server, whichever: text goes there, a file comes back. It is bounded in size and time, follows no
 * redirect (a key must not travel to another host), and books what the server charges.
 */
@ApplicationScoped
public class SpeechCall {
    private static final Logger LOG = Logger.getLogger(SpeechCall.class);

    /** The longest answer is Azure's, ten minutes: 29 MB of 24 kHz 16-bit sound. */
    private static final long MOST_BYTES = 64L << 20;

    private final Vertx vertx;
    private final SpeechSettings settings;
    private final ProviderWatch watch;
    private final HttpClient client;

    public SpeechCall(Vertx vertx, SpeechSettings settings, ProviderWatch watch) {
        this.vertx = vertx;
        this.settings = settings;
        this.watch = watch;
        // A kept connection may be closed at the other end while a text is under way, and nobody could say how far it
        // got.
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setKeepAlive(false)
                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                .setReadIdleTimeout((int) settings.idleTimeout().toSeconds())
                .setMaxPoolSize(16));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /**
     * Completes when all of the sound is in the order's file. Fails with {@link SpeechRefusedException} or
     * {@link SpeechUnavailableException} if nothing was charged, with {@link ChargedException} if something was, or may
     * have been.
     */
    public Uni<Void> run(RequestOptions request, Buffer body, SpeechOrder order, SpeechDialect dialect) {
        return order.departing(
                () -> watch.around(dialect.provider(), ProviderOperation.SPEAK, call(request, body, order, dialect)));
    }

    private Uni<Void> call(RequestOptions request, Buffer body, SpeechOrder order, SpeechDialect dialect) {
        return Uni.createFrom().deferred(() -> {
            var begun = new AtomicReference<MultiMap>();
            return new HttpDownload(vertx, client, order.target(), MOST_BYTES)
                    .whenItBegins(begun::set)
                    .run(request.setFollowRedirects(false), body)
                    .ifNoItem()
                    .after(settings.callTimeout())
                    .failWith(() -> late(order, dialect))
                    .onFailure()
                    .transform(failure -> broken(failure, begun.get(), order, dialect))
                    .invoke(answer -> dialect.heard(answer.headers()))
                    .invoke(answer -> check(answer, order, dialect))
                    .chain(answer -> WavHead.declared(vertx, order.target())
                            .invoke(declared -> take(answer, declared, order, dialect)))
                    .onFailure()
                    .transform(order::charged)
                    .replaceWithVoid();
        });
    }

    private RuntimeException late(SpeechOrder order, SpeechDialect dialect) {
        return order.lost(
                dialect.vendor() + " took longer than " + settings.callTimeout().toSeconds() + " s", null);
    }

    /** @param begun the headers of the sound; null if none was on its way */
    private Throwable broken(Throwable failure, MultiMap begun, SpeechOrder order, SpeechDialect dialect) {
        if (begun != null && !isPage(begun)) {
            charge(dialect.charged(begun, -1, order), order, dialect);
        }
        if (failure instanceof SpeechUnavailableException
                || failure instanceof ChargedException
                || failure instanceof DiskFullException
                || failure instanceof FileSystemException) {
            return failure; // such as that the run is over and its files are gone: saying it again would not help
        }
        // What the network says names hosts of ours, so it goes no further than the log.
        LOG.infof(
                "speech broke off: vendor=%s begun=%s reason=%s",
                dialect.vendor(), begun != null, failure.getMessage());
        if (begun == null && neverLeft(failure)) {
            return new SpeechUnavailableException(dialect.vendor() + " could not be reached", null, failure);
        }
        return order.lost("the sound from " + dialect.vendor() + " broke off", failure);
    }

    /** Whether no connection came about, so that nothing can have been charged. */
    private static boolean neverLeft(Throwable failure) {
        return failure instanceof ConnectException
                || failure instanceof UnknownHostException
                || failure instanceof SSLException;
    }

    /** @param cost null if nobody can say how much */
    private void charge(BigDecimal cost, SpeechOrder order, SpeechDialect dialect) {
        if (cost != null) {
            order.charge(cost);
            watch.spent(dialect.provider(), cost);
        }
    }

    private void check(HttpAnswer answer, SpeechOrder order, SpeechDialect dialect) {
        if (answer.status() != 200) {
            LOG.infof(
                    "speech not given: vendor=%s status=%d request=%s",
                    dialect.vendor(), answer.status(), answer.headers().get(dialect.requestIdHeader()));
            throw isElsewhere(answer) ? elsewhere(answer, dialect) : dialect.failure(answer, order);
        }
        if (isPage(answer.headers())) {
            // Whose page it is nobody can say, nor what the vendor has done before somebody else answered.
            throw order.lost(
                    dialect.vendor() + " answered with a page instead of sound: check " + dialect.addressSetting(),
                    null);
        }
    }

    /**
     * The sound is here, and has cost what all of it costs.
     *
     * @param declared bytes that it should have; 0 if it does not say
     */
    private void take(HttpAnswer answer, long declared, SpeechOrder order, SpeechDialect dialect) {
        long whole = answer.size() == 0 ? 0 : Math.max(declared, answer.size());
        charge(dialect.charged(answer.headers(), whole, order), order, dialect);
        if (answer.size() == 0) {
            throw dialect.silence(order);
        }
        if (whole > answer.size()) {
            throw order.lost("the sound from " + dialect.vendor() + " lacks its end", null);
        }
    }

    private static boolean isElsewhere(HttpAnswer answer) {
        return answer.status() >= 300 && answer.status() < 400;
    }

    private static SpeechRefusedException elsewhere(HttpAnswer answer, SpeechDialect dialect) {
        return new SpeechRefusedException(
                Subject.SETTINGS,
                dialect.vendor() + " answered " + answer.status()
                        + " and sends us to another address, where our key is not sent: set " + dialect.addressSetting()
                        + " to the final address");
    }

    /** A proxy's page, or JSON where there should be sound. */
    private static boolean isPage(MultiMap headers) {
        String type = headers.get("Content-Type");
        return type != null && type.trim().toLowerCase(Locale.ROOT).matches("(text/|application/json).*");
    }
}
