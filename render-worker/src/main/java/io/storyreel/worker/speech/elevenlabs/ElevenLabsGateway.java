package io.storyreel.worker.speech.elevenlabs;

import io.smallrye.faulttolerance.api.CircuitBreakerName;
import io.smallrye.faulttolerance.api.CustomBackoff;
import io.smallrye.faulttolerance.api.RateLimit;
import io.smallrye.mutiny.Uni;
import io.storyreel.worker.fetch.DiskFullException;
import io.storyreel.worker.provider.NotOursToSendException;
import io.storyreel.worker.provider.Permits;
import io.storyreel.worker.provider.ProviderOutageException;
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
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Bulkhead;
import org.eclipse.microprofile.faulttolerance.CircuitBreaker;
import org.eclipse.microprofile.faulttolerance.Retry;
import org.eclipse.microprofile.faulttolerance.Timeout;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;

import java.time.temporal.ChronoUnit;

/** ElevenLabs on the wire, and what happens when a call goes wrong. */
@ApplicationScoped
public class ElevenLabsGateway {
    /** WAV of 44.1 kHz is for the higher plans only. */
    private static final String FORMAT = "wav_24000";

    private static final int UNTOLD = 9_999;

    private final SpeechCall calls;
    private final Turns turns;
    private final ProviderHttp http;
    private final ElevenLabsSettings settings;
    private final ProviderKey key;
    private final ElevenLabsDialect dialect;

    /** The bulkhead is what we configure; ElevenLabs tells in each answer what our plan allows, which may be less. */
    private final Permits places = new Permits(UNTOLD);

    public ElevenLabsGateway(SpeechCall calls, Turns turns, ProviderHttp http, ElevenLabsSettings settings) {
        this.calls = calls;
        this.turns = turns;
        this.http = http;
        this.settings = settings;
        this.key = ElevenLabsSettings.key(settings);
        this.dialect = new ElevenLabsDialect(settings.pricePerThousandCredits(), places::permit);
    }

    /**
     * Writes the sound to the order's file as WAV; the line's voice is an id.
     *
     * <p>The bulkhead is as wide as the smallest plan with money in it allows (three at once), and narrower where
     * ElevenLabs says so; the reasons for what the
     * breaker skips are those of {@link io.storyreel.worker.speech.openai.OpenAiGateway#speak}.
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
    @CircuitBreakerName("speech-elevenlabs")
    @Bulkhead(value = 3, waitingTaskQueue = 1000)
    public Uni<Void> speak(SpeechOrder order) {
        return turns.next(this::turn)
                .chain(() -> places.during(() -> calls.run(request(order), body(order), order, dialect)));
    }

    /** ElevenLabs publishes no rate, only how many calls may run at once. */
    @RateLimit(value = 10, window = 1, windowUnit = ChronoUnit.SECONDS)
    Uni<Void> turn() {
        return Uni.createFrom().voidItem();
    }

    /** The voices of the account, whatever the status. Asking is free. */
    @Retry(maxRetries = 2, delay = 1, delayUnit = ChronoUnit.SECONDS, retryOn = ProviderOutageException.class)
    @CustomBackoff(RetryAfterBackoff.class)
    @Timeout(value = 20, unit = ChronoUnit.SECONDS)
    public Uni<JsonAnswer> voices() {
        return http.send(JsonCall.get("elevenlabs", base() + "/v1/voices").with("xi-api-key", key.bare()));
    }

    private RequestOptions request(SpeechOrder order) {
        return new RequestOptions()
                .setMethod(HttpMethod.POST)
                .setAbsoluteURI(base() + "/v1/text-to-speech/" + order.line().voice() + "?output_format=" + FORMAT)
                .putHeader("Content-Type", "application/json")
                .putHeader("xi-api-key", key.bare());
    }

    private Buffer body(SpeechOrder order) {
        return new JsonObject()
                .put("text", order.line().text())
                .put("model_id", settings.model())
                .toBuffer();
    }

    private String base() {
        return settings.url().replaceAll("/+$", "");
    }
}
