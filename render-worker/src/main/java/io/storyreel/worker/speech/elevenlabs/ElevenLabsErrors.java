package io.storyreel.worker.speech.elevenlabs;

import io.storyreel.worker.fetch.HttpAnswer;
import io.storyreel.worker.provider.http.RetryHints;
import io.storyreel.worker.speech.SpeechBusyException;
import io.storyreel.worker.speech.SpeechOrder;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechRefusedException.Subject;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.util.Locale;

/**
 * ElevenLabs' error table in words of ours. Three shapes of error are alive: {@code detail} with a {@code code}, the
 * older with a {@code status} only, and a list for a malformed body.
 */
final class ElevenLabsErrors {
    /** A place comes free when one of our own calls ends. */
    private static final Duration UNTIL_A_PLACE_IS_FREE = Duration.ofSeconds(1);

    private static final Duration WHILE_THE_SYSTEM_IS_BUSY = Duration.ofSeconds(2);
    private static final int MOST_DOUBLINGS = 4;
    private static final String MALFORMED = "malformed";

    private ElevenLabsErrors() {}

    static RuntimeException failure(HttpAnswer answer, SpeechOrder order) {
        String code = code(answer.body());
        return switch (answer.status()) {
            case 408 -> order.lost("ElevenLabs gave up after a while", null);
            case 409 -> order.lost("ElevenLabs reported a conflict", null);
            case 429 -> busy(answer, code, order.calls());
            default ->
                answer.status() >= 500
                        ? new SpeechUnavailableException(
                                "ElevenLabs answered " + answer.status(), RetryHints.of(answer.headers()), null)
                        : refusal(answer.status(), code);
        };
    }

    private static SpeechBusyException busy(HttpAnswer answer, String code, int calls) {
        Duration asked = RetryHints.of(answer.headers());
        return switch (code) {
            case "concurrent_limit_exceeded", "too_many_concurrent_requests" ->
                new SpeechBusyException(
                        "ElevenLabs speaks as many lines at once as our plan allows",
                        asked == null ? UNTIL_A_PLACE_IS_FREE : asked);
            case "system_busy" ->
                new SpeechBusyException(
                        "ElevenLabs is busy",
                        asked == null
                                ? WHILE_THE_SYSTEM_IS_BUSY.multipliedBy(1L << Math.min(MOST_DOUBLINGS, calls - 1))
                                : asked);
            default -> new SpeechBusyException("ElevenLabs finds us too fast", asked);
        };
    }

    private static SpeechRefusedException refusal(int status, String code) {
        return switch (code) {
            case "quota_exceeded", "insufficient_credits" ->
                refused(Subject.CREDIT, "the credits of our account at ElevenLabs are used up");
            case "text_too_long" -> refused(Subject.TEXT, "the text is too long for ElevenLabs' model");
            case "voice_not_found" -> refused(Subject.VOICE, "ElevenLabs has no such voice");
            case "voice_access_denied" -> refused(Subject.VOICE, "our account at ElevenLabs may not use this voice");
            case "feature_not_available", "subscription_required" ->
                refused(
                        Subject.SETTINGS,
                        "our plan at ElevenLabs does not include this: change STORYREEL_ELEVENLABS_MODEL");
            case "model_not_found", "unsupported_model" ->
                refused(Subject.SETTINGS, "ElevenLabs does not have this model: set STORYREEL_ELEVENLABS_MODEL");
            case "invalid_voice_settings", "invalid_output_format", MALFORMED ->
                refused(Subject.TEXT, "ElevenLabs does not accept our request (" + code + ")");
            default -> refusal(status);
        };
    }

    private static SpeechRefusedException refusal(int status) {
        return switch (status) {
            case 401 -> refused(Subject.SETTINGS, "ElevenLabs does not accept our key: set ELEVENLABS_API_KEY");
            case 402 -> refused(Subject.CREDIT, "the credits of our account at ElevenLabs are used up");
            case 403 -> refused(Subject.SETTINGS, "our account at ElevenLabs may not do this");
            case 404 -> refused(Subject.SETTINGS, "there is no ElevenLabs at this address: set ELEVENLABS_API_URL");
            default -> refused(Subject.TEXT, "ElevenLabs does not accept this text");
        };
    }

    private static SpeechRefusedException refused(Subject subject, String message) {
        return new SpeechRefusedException(subject, message);
    }

    /** Empty if there is none. */
    private static String code(Buffer body) {
        try {
            Object detail = body.toJsonObject().getValue("detail");
            if (detail instanceof JsonArray) {
                return MALFORMED;
            }
            return detail instanceof JsonObject told ? text(told) : "";
        } catch (DecodeException | ClassCastException notJson) {
            return ""; // a proxy's page; the status has to do
        }
    }

    private static String text(JsonObject detail) {
        Object code = detail.getValue("code") == null ? detail.getValue("status") : detail.getValue("code");
        return code == null ? "" : code.toString().toLowerCase(Locale.ROOT);
    }
}
