package io.storyreel.worker.speech.openai;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.smallrye.mutiny.Uni;
import io.storyreel.worker.fetch.DiskFullException;
import io.storyreel.worker.fetch.HttpAnswer;
import io.storyreel.worker.fetch.HttpDownload;
import io.storyreel.worker.provider.http.RetryAfterBackoff;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechSettings;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.vertx.core.Vertx;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.time.temporal.ChronoUnit;

/** The one call of OpenAI's speech protocol, and what happens when it goes wrong. */
@ApplicationScoped
public class OpenAiGateway {
    private static final Logger LOG = Logger.getLogger(OpenAiGateway.class);

    /** 4,096 characters take about six minutes to say: 17 MB of 24 kHz 16-bit sound. */
    private static final long MOST_BYTES = 64L << 20;

    private final Vertx vertx;
    private final SpeechSettings settings;
    private final HttpClient client;

    public OpenAiGateway(Vertx vertx, SpeechSettings settings) {
        this.vertx = vertx;
        this.settings = settings;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                .setReadIdleTimeout((int) settings.idleTimeout().toSeconds())
                .setMaxPoolSize(16));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /**
     * Writes the sound to {@code target} as WAV. Numbers can be set by {@code quarkus.fault-tolerance}; the retry
     * waits as long as the server asks for (see {@link RetryAfterBackoff}).
     *
     * <p>A refusal must not trip the breaker: one user's unknown voice is no reason to keep everybody else waiting. Nor
     * must what is wrong on our side: a full disk, or a queue of our own that is full.
     *
     * <p>Each call has its time limit inside the queue, and the retry has a number but no total time: many jobs that wait
     * for one slow server say nothing against the server.
     */
    @Retry(
            maxRetries = 2,
            maxDuration = 0,
            retryOn = SpeechUnavailableException.class,
            abortOn = SpeechRefusedException.class)
    @CustomBackoff(RetryAfterBackoff.class)
    @CircuitBreaker(
            requestVolumeThreshold = 10,
            failureRatio = 0.5,
            delay = 10,
            delayUnit = ChronoUnit.SECONDS,
            skipOn = {SpeechRefusedException.class, DiskFullException.class, BulkheadException.class})
    @CircuitBreakerName("speech-openai")
    @Bulkhead(value = 3, waitingTaskQueue = 1000)
    public Uni<Void> speak(String model, String voice, String text, Path target) {
        JsonObject body = new JsonObject()
                .put("model", model)
                .put("input", text)
                .put("voice", voice)
                .put("response_format", "wav");
        return Uni.createFrom()
                .deferred(() -> new HttpDownload(vertx, client, target, MOST_BYTES).run(request(), body.toBuffer()))
                .ifNoItem()
                .after(settings.callTimeout())
                .failWith(() -> new SpeechUnavailableException(
                        "the speech server took longer than "
                                + settings.callTimeout().toSeconds() + " s",
                        null,
                        null))
                .onFailure(OpenAiGateway::isUnexplained)
                .transform(failure -> new SpeechUnavailableException(
                        "the speech server could not be reached: " + failure.getMessage(), null, failure))
                .invoke(OpenAiGateway::check)
                .replaceWithVoid();
    }

    private RequestOptions request() {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(settings.url().replaceAll("/+$", "") + "/audio/speech")
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "audio/wav");
        settings.apiKey().ifPresent(key -> options.putHeader("Authorization", "Bearer " + key));
        return options;
    }

    private static boolean isUnexplained(Throwable failure) {
        return !(failure instanceof SpeechUnavailableException || failure instanceof DiskFullException);
    }

    private static void check(HttpAnswer answer) {
        if (answer.status() != 200) {
            LOG.infof(
                    "speech not given: status=%d request=%s",
                    answer.status(), answer.headers().get("x-request-id"));
            throw OpenAiErrors.failure(answer);
        }
        if (answer.size() == 0) {
            throw new SpeechUnavailableException("the speech server sent no sound", null, null);
        }
    }
}
