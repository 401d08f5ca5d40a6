package io.storyreel.worker.speech.openai;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.smallrye.faulttolerance.api.RateLimit;
import io.smallrye.mutiny.Uni;
import io.storyreel.worker.fetch.DiskFullException;
import io.storyreel.worker.provider.NotOursToSendException;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.JsonCall;
import io.storyreel.worker.provider.http.ProviderHttp;
import io.storyreel.worker.provider.http.ProviderKey;
import io.storyreel.worker.provider.http.RetryAfterBackoff;
import io.storyreel.worker.speech.SpeechBusyException;
import io.storyreel.worker.speech.SpeechCall;
import io.storyreel.worker.speech.SpeechOrder;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Turns;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;

import java.time.temporal.ChronoUnit;

/** The calls of OpenAI's speech protocol, and what happens when they go wrong. */
@ApplicationScoped
public class OpenAiGateway {
    private final SpeechCall calls;
    private final Turns turns;
    private final ProviderHttp http;
    private final OpenAiSettings settings;
    private final ProviderKey key;
    private final OpenAiDialect dialect;

    public OpenAiGateway(SpeechCall calls, Turns turns, ProviderHttp http, OpenAiSettings settings) {
        this.calls = calls;
        this.turns = turns;
        this.http = http;
        this.settings = settings;
        this.key = OpenAiSettings.key(settings);
        this.dialect = new OpenAiDialect(OpenAiPrices.of(settings));
    }

    /**
     * Writes the sound to the order's file as WAV. Numbers can be set by {@code quarkus.fault-tolerance}; the retry
     * waits as long as the server asks for (see {@link RetryAfterBackoff}).
     *
     * <p>A refusal must not trip the breaker: one user's unknown voice is no reason to keep everybody else waiting. Nor
     * must what is wrong on our side: a full disk, a queue of our own that is full, or that we are too fast.
     *
     * <p>Each call has its time limit inside the queue, and the retry has a number but no total time: many jobs that wait
     * for one slow server say nothing against the server.
     */
    @Retry(maxRetries = 2, maxDuration = 0, retryOn = SpeechUnavailableException.class)
    @CustomBackoff(RetryAfterBackoff.class)
    @CircuitBreaker(
            requestVolumeThreshold = 10,
            failureRatio = 0.5,
            delay = 10,
            delayUnit = ChronoUnit.SECONDS,
            skipOn = {
                SpeechRefusedException.class,
                SpeechBusyException.class,
                DiskFullException.class,
                NotOursToSendException.class,
                BulkheadException.class
            })
    @CircuitBreakerName("speech-openai")
    @Bulkhead(value = 3, waitingTaskQueue = 1000)
    public Uni<Void> speak(SpeechOrder order) {
        return turns.next(this::turn)
                .chain(() -> calls.run(request(), body(order).toBuffer(), order, dialect));
    }

    /** OpenAI's limits depend on the account; 500 a minute is the lowest that a paying one had in 2026. */
    @RateLimit(value = 500, window = 60, windowUnit = ChronoUnit.SECONDS)
    Uni<Void> turn() {
        return Uni.createFrom().voidItem();
    }

    /** What the server knows of the model, whatever the status. */
    Uni<JsonAnswer> model() {
        JsonCall question = JsonCall.get("openai", base() + "/models/" + settings.model());
        return http.send(settings.apiKey()
                .map(key -> question.with("Authorization", "Bearer " + key))
                .orElse(question));
    }

    private RequestOptions request() {
        RequestOptions options = new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(base() + "/audio/speech")
                .putHeader("Content-Type", "application/json")
                .putHeader("Accept", "audio/wav");
        return key.usable() ? options.putHeader("Authorization", key.as("Bearer")) : options;
    }

    private JsonObject body(SpeechOrder order) {
        return new JsonObject()
                .put("model", settings.model())
                .put("input", order.line().text())
                .put("voice", order.line().voice())
                .put("response_format", "wav");
    }

    private String base() {
        return settings.url().replaceAll("/+$", "");
    }
}
