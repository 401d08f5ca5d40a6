package io.storyreel.worker.speech.azure;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.smallrye.faulttolerance.api.RateLimit;
import io.smallrye.mutiny.Uni;
import io.storyreel.worker.fetch.DiskFullException;
import io.storyreel.worker.provider.NotOursToSendException;
import io.storyreel.worker.provider.http.RetryAfterBackoff;
import io.storyreel.worker.speech.SpeechBusyException;
import io.storyreel.worker.speech.SpeechCall;
import io.storyreel.worker.speech.SpeechOrder;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Turns;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;

import java.time.temporal.ChronoUnit;

/** Azure's speech service on the wire, and what happens when a call goes wrong. */
@ApplicationScoped
public class AzureGateway {
    /** A format with a header, so that its length can be measured; 24 kHz is native to most voices. */
    private static final String FORMAT = "riff-24khz-16bit-mono-pcm";

    private final SpeechCall calls;
    private final Turns turns;
    private final AzureSettings settings;
    private final AzureDialect dialect = new AzureDialect();

    public AzureGateway(SpeechCall calls, Turns turns, AzureSettings settings) {
        this.calls = calls;
        this.turns = turns;
        this.settings = settings;
    }

    /**
     * Writes the sound to the order's file as WAV. The reasons for what the breaker skips are those of
     * {@link io.storyreel.worker.speech.openai.OpenAiGateway#speak}.
     */
    @Retry(
            maxRetries = 2,
            maxDuration = 0,
            delay = 1,
            delayUnit = ChronoUnit.SECONDS,
            retryOn = SpeechUnavailableException.class)
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
    @CircuitBreakerName("speech-azure")
    @Bulkhead(value = 4, waitingTaskQueue = 1000)
    public Uni<Void> speak(SpeechOrder order) {
        return turns.next(this::turn)
                .chain(() -> calls.run(request(), Buffer.buffer(Ssml.of(order.line())), order, dialect));
    }

    /**
     * A tenth of what a standard resource may do: a sudden jump is answered with 429 even below its quota. The free tier
     * allows 20 in 60 s and has to be set so.
     */
    @RateLimit(value = 20, window = 1, windowUnit = ChronoUnit.SECONDS)
    Uni<Void> turn() {
        return Uni.createFrom().voidItem();
    }

    private RequestOptions request() {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(AzureAddress.of(settings) + "/cognitiveservices/v1")
                .putHeader("Content-Type", "application/ssml+xml")
                .putHeader("X-Microsoft-OutputFormat", FORMAT)
                .putHeader("User-Agent", "Storyreel")
                .putHeader(
                        "Ocp-Apim-Subscription-Key", AzureSettings.key(settings).bare());
    }
}
