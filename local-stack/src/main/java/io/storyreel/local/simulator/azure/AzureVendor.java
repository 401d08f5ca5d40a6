package io.storyreel.local.simulator.azure;

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
import io.storyreel.local.speech.OfflineReader;

import java.math.BigDecimal;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import java.util.concurrent.CompletionStage;
import java.util.regex.Pattern;

import static java.nio.charset.StandardCharsets.UTF_8;

/** Azure's synchronous speech, the list of a region's voices, and tokens. */
public final class AzureVendor extends SpeechVendor {

    public static final String NAME = "azure";
    private static final String SPEAK = "/cognitiveservices/v1";
    private static final String KEY_HEADER = "Ocp-Apim-Subscription-Key";
    private static final Pattern KEY = Pattern.compile("[A-Za-z0-9]{32}|[A-Za-z0-9]{84}");
    private static final String TOKEN = "simulated.token.of-azure";
    private static final BigDecimal PER_CHARACTER = new BigDecimal("0.000015");
    private static final List<String> VOICES = List.of("en-US-JennyNeural", "en-US-GuyNeural", "en-GB-SoniaNeural");

    public AzureVendor(VoiceMaker voices) {
        super(NAME, Pattern.compile(Pattern.quote(SPEAK)), voices);
    }

    @Override
    public boolean authorized(Request request) {
        return request.header(KEY_HEADER).filter(KEY.asMatchPredicate()).isPresent()
                || request.credentials("Bearer").filter(TOKEN::equals).isPresent();
    }

    @Override
    public Answer unauthorized() {
        return Answer.empty(401);
    }

    @Override
    public CompletionStage<Answer> answer(Request request, Call call) {
        try {
            return answered(request, call)
                    .thenApply(answer ->
                            answer.with("X-RequestId", UUID.randomUUID().toString()));
        } catch (AzureRefusal refused) {
            return refused.answer().now();
        }
    }

    private CompletionStage<Answer> answered(Request request, Call call) throws AzureRefusal {
        return switch (request.call()) {
            case "POST " + SPEAK -> speak(request, call);
            case "GET /cognitiveservices/voices/list" ->
                Answer.json(200, regionVoices()).now();
            case "POST /sts/v1.0/issueToken" ->
                Answer.bytes(200, "text/plain", TOKEN.getBytes(UTF_8)).now();
            default -> throw new AzureRefusal(404, "Resource not found");
        };
    }

    private CompletionStage<Answer> speak(Request request, Call call) throws AzureRefusal {
        if (!request.header("Content-Type").orElse("").startsWith("application/ssml+xml")) {
            throw new AzureRefusal(415, "");
        }
        if (request.header("User-Agent").filter(agent -> agent.length() < 255).isEmpty()) {
            throw new AzureRefusal(400, "A User-Agent is required.");
        }
        var format = AzureFormat.named(request.header("X-Microsoft-OutputFormat")
                .orElseThrow(() -> new AzureRefusal(400, "X-Microsoft-OutputFormat is required.")));
        var document = SsmlDocument.parse(request.body());
        if (call.fault().is(FaultKind.REFUSAL)) {
            throw new AzureRefusal(400, call.fault().message("The text cannot be spoken."));
        }
        if (!OfflineReader.canRead(document.text())) {
            return Answer.bytes(200, format.contentType(), new byte[0]).now();
        }
        return new SpokenAnswer(
                        "neural",
                        document.voice(),
                        document.text(),
                        1,
                        format,
                        product -> PER_CHARACTER.multiply(BigDecimal.valueOf(document.billed())))
                .by(voices, call);
    }

    private static JsonNode regionVoices() {
        var list = JsonNodeFactory.instance.arrayNode();
        for (var name : VOICES) {
            var locale = name.substring(0, 5);
            list.addObject()
                    .put("Name", "Microsoft Server Speech Text to Speech Voice (" + locale + ", " + name + ")")
                    .put("ShortName", name)
                    .put("Locale", locale)
                    .put("LocaleName", Locale.forLanguageTag(locale).getDisplayName(Locale.ENGLISH))
                    .put("SampleRateHertz", "24000")
                    .put("VoiceType", "Neural")
                    .put("Status", "GA");
        }
        return list;
    }

    @Override
    public Answer failure(int status, Fault fault) {
        return new AzureRefusal(status, fault.message("")).answer();
    }

    /** What the free tier answers when its month is used up. */
    @Override
    public Answer quotaExhausted(Fault fault) {
        return new AzureRefusal(403, fault.message("Quota exceeded.")).answer();
    }
}
