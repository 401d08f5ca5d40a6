package io.storyreel.local.simulator.openai;

import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.fault.FaultKind;
import io.storyreel.local.simulator.frame.Call;
import io.storyreel.local.simulator.media.VoiceFormat;
import io.storyreel.local.simulator.media.VoiceMaker;
import io.storyreel.local.simulator.spoken.SpeechVendor;
import io.storyreel.local.simulator.spoken.SpokenAnswer;
import io.storyreel.local.simulator.task.Product;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Request;
import io.storyreel.local.speech.AudioFormatName;
import io.storyreel.local.speech.OfflineReader;
import io.storyreel.local.speech.SpeechError;
import io.storyreel.local.speech.SpeechModel;
import io.storyreel.local.speech.SpeechRequest;

import java.io.IOException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

/** OpenAI's speech endpoint and the list of its models. */
public final class OpenAiVendor extends SpeechVendor {

    public static final String NAME = "openai";
    private static final String SPEECH = "/v1/audio/speech";
    private static final String MODELS = "/v1/models";
    private static final Pattern KEY = Pattern.compile("sk-[A-Za-z0-9_-]+");
    private static final int RATE = 24_000;
    private static final int WAV_HEADER = 44;
    private static final BigDecimal PER_SECOND = new BigDecimal("0.00025");

    public OpenAiVendor(VoiceMaker voices) {
        super(NAME, Pattern.compile(Pattern.quote(SPEECH)), voices);
    }

    @Override
    public boolean authorized(Request request) {
        return request.credentials("Bearer").filter(KEY.asMatchPredicate()).isPresent();
    }

    @Override
    public Answer unauthorized() {
        return answer(error(401, "invalid_api_key", "Incorrect API key provided."));
    }

    @Override
    public CompletionStage<Answer> answer(Request request, Call call) {
        try {
            return answered(request, call).thenApply(answer -> answer.with("x-request-id", "req_" + UUID.randomUUID()));
        } catch (SpeechError refused) {
            return answer(refused).now();
        } catch (IOException e) {
            throw new IllegalStateException("an array of bytes can be read", e);
        }
    }

    private CompletionStage<Answer> answered(Request request, Call call) throws SpeechError, IOException {
        if (request.call().equals("POST " + SPEECH)) {
            return speak(SpeechRequest.parse(request.body()), call);
        }
        if (request.call().equals("GET " + MODELS)) {
            return Answer.json(200, SpeechModel.list()).now();
        }
        if (request.call().startsWith("GET " + MODELS + "/")) {
            var model = SpeechModel.named(request.path().substring(MODELS.length() + 1));
            return Answer.json(200, model.describe()).now();
        }
        throw SpeechError.noSuchUrl(request.method(), request.path());
    }

    private CompletionStage<Answer> speak(SpeechRequest wanted, Call call) throws SpeechError {
        if (call.fault().is(FaultKind.REFUSAL)) {
            throw error(400, "content_policy_violation", call.fault().message("The input was rejected by our policy."));
        }
        if (wanted.sse()) {
            throw SpeechError.invalid("stream_format", "invalid_value", "The simulator sends no events.");
        }
        if (!OfflineReader.canRead(wanted.input())) {
            throw SpeechError.invalid("input", "invalid_value", "The simulator's voice reads English only.");
        }
        return new SpokenAnswer(
                        wanted.model().id(),
                        wanted.voice(),
                        wanted.input(),
                        wanted.speed(),
                        format(wanted.format()),
                        product -> price(wanted, product))
                .by(voices, call);
    }

    private static VoiceFormat format(AudioFormatName wanted) {
        return switch (wanted) {
            case WAV -> VoiceFormat.wav(wanted.name(), RATE);
            case PCM -> VoiceFormat.pcm(wanted.name(), RATE);
            default ->
                VoiceFormat.encoded(
                        wanted.name(), wanted.contentType(), wanted.encoding().toArray(String[]::new));
        };
    }

    /** The older models by the character; the newer by the sound, which is told of WAV exactly and of others by guess. */
    private static BigDecimal price(SpeechRequest wanted, Product product) {
        var characters = BigDecimal.valueOf(
                wanted.input().codePointCount(0, wanted.input().length()));
        return switch (wanted.model()) {
            case TTS_1 -> characters.multiply(new BigDecimal("0.000015"));
            case TTS_1_HD -> characters.multiply(new BigDecimal("0.000030"));
            default ->
                wanted.format() == AudioFormatName.WAV
                        ? BigDecimal.valueOf(product.bytes() - WAV_HEADER)
                                .divide(BigDecimal.valueOf(2 * RATE), 6, RoundingMode.HALF_UP)
                                .multiply(PER_SECOND)
                                .setScale(6, RoundingMode.HALF_UP)
                        : characters.multiply(new BigDecimal("0.00002"));
        };
    }

    @Override
    public Answer failure(int status, Fault fault) {
        var code =
                switch (status) {
                    case 400 -> "invalid_value";
                    case 401 -> "invalid_api_key";
                    case 403 -> "unsupported_country_region_territory";
                    case 404 -> "model_not_found";
                    case 429 -> "rate_limit_exceeded";
                    default -> "server_error";
                };
        return answer(error(status, fault.code().isEmpty() ? code : fault.code(), fault.message("It went wrong.")));
    }

    @Override
    public Answer quotaExhausted(Fault fault) {
        return answer(error(429, "insufficient_quota", fault.message("You exceeded your current quota.")));
    }

    private static SpeechError error(int status, String code, String message) {
        var type = status >= 500 ? "server_error" : status == 429 ? code : "invalid_request_error";
        return new SpeechError(status, type, null, code, message);
    }

    private static Answer answer(SpeechError error) {
        return Answer.json(error.status(), error.describe());
    }
}
