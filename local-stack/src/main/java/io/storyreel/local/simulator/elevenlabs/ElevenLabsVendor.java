package io.storyreel.local.simulator.elevenlabs;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.JsonNodeFactory;
import io.storyreel.local.simulator.fault.Fault;
import io.storyreel.local.simulator.fault.FaultKind;
import io.storyreel.local.simulator.frame.Call;
import io.storyreel.local.simulator.media.VoiceMaker;
import io.storyreel.local.simulator.spoken.SpeechVendor;
import io.storyreel.local.simulator.spoken.SpokenAnswer;
import io.storyreel.local.simulator.wire.Answer;
import io.storyreel.local.simulator.wire.Request;

import java.math.BigDecimal;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Pattern;

/** ElevenLabs' speech: the whole sound in one answer, the account's voices, models and credits. */
public final class ElevenLabsVendor extends SpeechVendor {

    public static final String NAME = "elevenlabs";
    private static final Pattern KEY = Pattern.compile("sk_[A-Za-z0-9]{16,}|[0-9a-f]{32}");
    private static final Pattern SPEAK = Pattern.compile("/v1/text-to-speech/([^/]+)(/stream)?");
    private static final BigDecimal PER_CREDIT = new BigDecimal("0.0001");
    private static final long PLAN = 1_000_000;

    /** Names of the account's voices by id. */
    private static final Map<String, String> VOICES = new TreeMap<>(
            Map.of("21m00Tcm4TlvDq8ikWAM", "Rachel", "pNInz6obpgDQGcFmaJgB", "Adam", "ErXwobaYiN019PkySvjV", "Antoni"));

    private final AtomicLong used = new AtomicLong();

    public ElevenLabsVendor(VoiceMaker voices) {
        super(NAME, SPEAK, voices);
    }

    @Override
    public boolean authorized(Request request) {
        return request.header("xi-api-key").filter(KEY.asMatchPredicate()).isPresent();
    }

    @Override
    public Answer unauthorized() {
        return ElevenLabsRefusal.of(401, "invalid_api_key", "Invalid API key").answer();
    }

    @Override
    public CompletionStage<Answer> answer(Request request, Call call) {
        try {
            return answered(request, call).thenApply(answer -> answer.with(
                            "request-id", UUID.randomUUID().toString())
                    .with("current-concurrent-requests", "1")
                    .with("maximum-concurrent-requests", "10"));
        } catch (ElevenLabsRefusal refused) {
            return refused.answer().now();
        }
    }

    private CompletionStage<Answer> answered(Request request, Call call) throws ElevenLabsRefusal {
        var speak = SPEAK.matcher(request.path());
        if (speak.matches() && request.method().equals("POST")) {
            return speak(request, speak.group(1), call);
        }
        return switch (request.call()) {
            case "GET /v1/voices", "GET /v2/voices" ->
                Answer.json(200, accountVoices()).now();
            case "GET /v1/models" -> Answer.json(200, models()).now();
            case "GET /v1/user/subscription" -> Answer.json(200, subscription()).now();
            default -> throw ElevenLabsRefusal.old(404, "not_found", "Not Found");
        };
    }

    private CompletionStage<Answer> speak(Request request, String voice, Call call) throws ElevenLabsRefusal {
        if (!VOICES.containsKey(voice)) {
            throw ElevenLabsRefusal.of(404, "voice_not_found", "A voice with this id was not found.");
        }
        var wanted = ElevenLabsFields.of(request);
        if (call.fault().is(FaultKind.REFUSAL)) {
            throw ElevenLabsRefusal.of(
                    400, "content_against_policy", call.fault().message("The text violates our terms."));
        }
        used.addAndGet(wanted.credits());
        var credits = BigDecimal.valueOf(wanted.credits());
        return new SpokenAnswer(
                        wanted.model(),
                        voice,
                        wanted.text(),
                        wanted.speed(),
                        wanted.format(),
                        product -> credits.multiply(PER_CREDIT))
                .by(voices, call)
                .thenApply(answer -> answer.with("character-cost", credits.toPlainString()));
    }

    private static JsonNode accountVoices() {
        var list = JsonNodeFactory.instance.objectNode();
        var voices = list.putArray("voices");
        VOICES.forEach((id, name) ->
                voices.addObject().put("voice_id", id).put("name", name).put("category", "premade"));
        return list.put("has_more", false);
    }

    private static JsonNode models() {
        var models = JsonNodeFactory.instance.arrayNode();
        ElevenLabsFields.MODELS.forEach((id, characters) -> models.addObject()
                .put("model_id", id)
                .put("can_do_text_to_speech", true)
                .put("maximum_text_length_per_request", characters));
        return models;
    }

    private JsonNode subscription() {
        return JsonNodeFactory.instance
                .objectNode()
                .put("tier", "pro")
                .put("character_count", used.get())
                .put("character_limit", PLAN);
    }

    /** With {@code "shape": "old"} in the rule, in the shape of before. */
    @Override
    public Answer failure(int status, Fault fault) {
        var code = fault.code().isEmpty() ? code(status) : fault.code();
        var message = fault.message("It went wrong.");
        var refusal =
                switch (fault.text("shape", "new")) {
                    case "old" -> ElevenLabsRefusal.old(status, code, message);
                    default ->
                        status == 422
                                ? ElevenLabsRefusal.malformed("text", "missing", message)
                                : ElevenLabsRefusal.of(status, code, message);
                };
        return refusal.answer();
    }

    private static String code(int status) {
        return switch (status) {
            case 400 -> "text_too_long";
            case 401 -> "invalid_api_key";
            case 402 -> "insufficient_credits";
            case 403 -> "subscription_required";
            case 404 -> "voice_not_found";
            case 429 -> "rate_limit_exceeded";
            default -> "internal_server_error";
        };
    }

    /** As the older endpoints say it: with a 401. */
    @Override
    public Answer quotaExhausted(Fault fault) {
        return ElevenLabsRefusal.old(401, "quota_exceeded", fault.message("This request exceeds your quota."))
                .answer();
    }
}
