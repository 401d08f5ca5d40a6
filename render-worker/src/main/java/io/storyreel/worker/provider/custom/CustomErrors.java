package io.storyreel.worker.provider.custom;

import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.http.AnswerFields;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.RetryHints;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;

import java.time.Duration;
import java.time.Instant;
import java.util.stream.Collectors;

/** The contract's table of errors in words of ours. What the renderer says about {@code retryable} decides. */
final class CustomErrors {
    private static final Duration LONGEST_HINT = Duration.ofSeconds(300);
    private static final int MOST_FIELDS = 3;
    private static final String FIELD = "[a-z0-9_.\\[\\]]{1,60}";

    private CustomErrors() {}

    /** What an answer to a new render means if it does not accept it. */
    static ProviderException ofOrder(JsonAnswer answer, Instant now) {
        if (answer.status() == 404 || answer.status() == 405) {
            return new ProviderRefusedException(
                    Reason.ACCESS, "There is no renderer at the configured address: check CUSTOM_VIDEO_API_URL");
        }
        return general(answer, now);
    }

    /**
     * What an answer about a job means if it is not the job. Unless the renderer itself says that asking again is no use,
     * a refused question says nothing about the job, which is paid for: it may come from something on the way.
     */
    static ProviderException ofJob(JsonAnswer answer, Instant now) {
        if (answer.status() == 404) {
            return new ProviderRefusedException(Reason.GONE, "The custom renderer does not know the job");
        }
        ProviderException failure = general(answer, now);
        return failure instanceof ProviderRefusedException refused
                        && refused.reason() == Reason.INPUT
                        && error(answer).flag("retryable") == null
                ? new ProviderOutageException("The custom renderer answered " + answer.status(), hint(answer, now))
                : failure;
    }

    private static AnswerFields error(JsonAnswer answer) {
        return new AnswerFields(answer.jsonOrEmpty()).object("error");
    }

    /** How long the renderer wants to be left alone, at most 300 s; null if it does not say. */
    static Duration hint(JsonAnswer answer, Instant now) {
        Duration hint = RetryHints.of(answer.headers(), now);
        return hint == null || hint.compareTo(LONGEST_HINT) < 0 ? hint : LONGEST_HINT;
    }

    private static ProviderException general(JsonAnswer answer, Instant now) {
        int status = answer.status();
        AnswerFields error = error(answer);
        Boolean told = error.flag("retryable");
        boolean retry = told == null ? isRetryable(status, error.word("code")) : told;
        if (!retry) {
            return refusal(status, error);
        }
        return status == 408 || status >= 500
                ? new ProviderOutageException("The custom renderer answered " + status, hint(answer, now))
                : new ProviderBusyException("The custom renderer asks us to wait", hint(answer, now));
    }

    private static boolean isRetryable(int status, String code) {
        return status == 408
                || status == 429
                || status >= 500
                || (status == 409 && "idempotency_in_progress".equals(code));
    }

    private static ProviderRefusedException refusal(int status, AnswerFields error) {
        return switch (status) {
            case 401, 403 ->
                new ProviderRefusedException(
                        Reason.ACCESS, "The custom renderer does not accept our token: check CUSTOM_VIDEO_API_KEY");
            case 402, 429 ->
                new ProviderRefusedException(
                        Reason.CREDIT, "The credit of our account at the custom renderer is used up");
            case 410 ->
                new ProviderRefusedException(
                        Reason.GONE, "The custom renderer has removed the job or its file: render again");
            case 301, 302, 303, 307, 308 ->
                new ProviderRefusedException(
                        Reason.ACCESS,
                        "The custom renderer answered with a redirect, and the token is not sent to another address:"
                                + " check CUSTOM_VIDEO_API_URL");
            default -> new ProviderRefusedException(Reason.INPUT, why(status, error) + fields(error));
        };
    }

    private static String why(int status, AnswerFields error) {
        return switch (error.word("code")) {
            case "voice_not_found" ->
                "The custom renderer has no voice of a name in the script: use one of its voices, or \"default\"";
            case "script_too_long" ->
                "A line of the script is too long for its scene at the custom renderer: shorten it, or make the scene"
                        + " longer";
            case "unsupported_output" ->
                "The custom renderer cannot make this output: choose another resolution, format or frame rate";
            case "idempotency_conflict" ->
                "The custom renderer has had another render under the same key: render again";
            case "too_large" -> "The storyboard is too large for the custom renderer: shorten it";
            default -> "The custom renderer does not accept the storyboard (" + status + ")";
        };
    }

    /** Names of fields only: what the renderer says about them may repeat what is in them. */
    private static String fields(AnswerFields error) {
        String names = error.json().getValue("details") instanceof JsonArray details
                ? details.stream()
                        .limit(MOST_FIELDS)
                        .map(detail ->
                                detail instanceof JsonObject object ? new AnswerFields(object).text("field") : null)
                        .filter(field -> field != null && field.matches(FIELD))
                        .collect(Collectors.joining(", "))
                : "";
        return names.isEmpty() ? "" : "; it names " + names;
    }
}
