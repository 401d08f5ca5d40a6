package io.storyreel.worker.speech.openai;

import io.storyreel.worker.fetch.HttpAnswer;
import io.storyreel.worker.provider.http.RetryHints;
import io.storyreel.worker.speech.SpeechBusyException;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechRefusedException.Subject;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.vertx.core.json.DecodeException;
import io.vertx.core.json.JsonObject;

import java.util.Locale;
import java.util.Set;

/** The error table of OpenAI's speech protocol in words of ours. */
final class OpenAiErrors {
    private static final Set<String> NO_MONEY = Set.of("insufficient_quota", "credit_balance_exhausted");

    private OpenAiErrors() {}

    /** The failure that an answer other than 200 means. */
    static RuntimeException failure(HttpAnswer answer) {
        JsonObject error = error(answer);
        String told = answer.headers().get("x-should-retry");
        boolean retry = told == null ? isPassing(answer.status(), error) : Boolean.parseBoolean(told);
        return retry ? passing(answer) : refusal(answer.status(), error);
    }

    private static SpeechUnavailableException passing(HttpAnswer answer) {
        String message = "the speech server answered " + answer.status();
        return answer.status() == 429
                ? new SpeechBusyException(message, RetryHints.of(answer.headers()))
                : new SpeechUnavailableException(message, RetryHints.of(answer.headers()), null);
    }

    /** There are two kinds of 429: too fast, which passes, and nothing left to pay with, which does not. */
    private static boolean isPassing(int status, JsonObject error) {
        return switch (status) {
            case 408, 409 -> true;
            case 429 -> !NO_MONEY.contains(text(error, "code")) && !NO_MONEY.contains(text(error, "type"));
            default -> status >= 500;
        };
    }

    private static SpeechRefusedException refusal(int status, JsonObject error) {
        return switch (status) {
            case 400, 422 ->
                "voice".equals(text(error, "param")) || text(error, "code").contains("voice")
                        ? new SpeechRefusedException(Subject.VOICE, "the speech server has no such voice")
                        : new SpeechRefusedException(Subject.TEXT, "the speech server does not accept this text");
            case 401 ->
                new SpeechRefusedException(
                        Subject.SETTINGS,
                        "the speech server does not accept our key: set STORYREEL_SPEECH_API_KEY or OPENAI_API_KEY");
            case 403 ->
                new SpeechRefusedException(
                        Subject.SETTINGS, "our account may not use the speech server's model, or not from here");
            case 404 ->
                new SpeechRefusedException(
                        Subject.SETTINGS,
                        "the speech server does not know the model or the address: check STORYREEL_SPEECH_MODEL and"
                                + " STORYREEL_SPEECH_URL");
            case 429 ->
                new SpeechRefusedException(Subject.CREDIT, "the credit of our account at the speech server is used up");
            default -> new SpeechRefusedException(Subject.TEXT, "the speech server refused with " + status);
        };
    }

    private static JsonObject error(HttpAnswer answer) {
        try {
            Object error = answer.body().toJsonObject().getValue("error");
            return error instanceof JsonObject known ? known : new JsonObject();
        } catch (DecodeException | ClassCastException notJson) {
            return new JsonObject(); // a proxy's page; the status has to do
        }
    }

    private static String text(JsonObject error, String field) {
        Object value = error.getValue(field);
        return value == null ? "" : value.toString().toLowerCase(Locale.ROOT);
    }
}
