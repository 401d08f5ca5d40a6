package io.storyreel.worker.provider.runway;

import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.http.AnswerFields;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.RetryHints;

import java.time.Duration;
import java.time.Instant;
import java.util.Locale;

/** RunwayML's table of errors in words of ours. */
final class RunwayErrors {
    private static final Duration NOT_AT_ONCE = Duration.ofMinutes(1);

    private RunwayErrors() {}

    /**
     * What an answer to a new task means if it does not accept it. RunwayML limits generations of the rolling 24 hours,
     * and says nothing else by 429.
     */
    static ProviderException ofOrder(JsonAnswer answer, Instant now, Duration dailyCapPause) {
        return switch (answer.status()) {
            case 400 -> refusedOrder(answer);
            case 404, 405 ->
                new ProviderRefusedException(
                        Reason.ACCESS, "RunwayML is not at the configured address: check RUNWAYML_API_URL");
            case 429 ->
                new ProviderBusyException(
                        "RunwayML's limit of generations in 24 hours is reached for our account",
                        hint(answer, now) == null ? dailyCapPause : hint(answer, now));
            default -> general(answer, now);
        };
    }

    /**
     * What an answer about a task means if it is not the task. What is not in the documents says nothing about the task,
     * which is paid for: it may come from something on the way.
     */
    static ProviderException ofTask(JsonAnswer answer, Instant now) {
        return switch (answer.status()) {
            case 404, 410 -> new ProviderRefusedException(Reason.GONE, "RunwayML does not know the task any more");
            case 409, 429 -> new ProviderBusyException("RunwayML asks us to wait", hint(answer, now));
            default ->
                general(answer, now) instanceof ProviderRefusedException refused && refused.reason() != Reason.INPUT
                        ? refused
                        : new ProviderOutageException("RunwayML answered " + answer.status(), hint(answer, now));
        };
    }

    private static ProviderException general(JsonAnswer answer, Instant now) {
        int status = answer.status();
        if (status == 408 || status >= 500) {
            return new ProviderOutageException("RunwayML answered " + status, hint(answer, now));
        }
        if (status >= 300 && status < 400) {
            return new ProviderRefusedException(
                    Reason.ACCESS,
                    "RunwayML answered with a redirect, and the key is not sent to another address: check"
                            + " RUNWAYML_API_URL");
        }
        return switch (status) {
            case 401 ->
                new ProviderRefusedException(Reason.ACCESS, "RunwayML does not accept our key: check RUNWAYML_API_KEY");
            case 403 ->
                new ProviderRefusedException(
                        Reason.ACCESS, "RunwayML does not allow this to our account: check RUNWAYML_API_KEY");
            case 402 -> noCredit();
            case 409 -> new ProviderBusyException("RunwayML asks us to wait", hint(answer, now));
            default ->
                new ProviderRefusedException(Reason.INPUT, "RunwayML does not accept the request (" + status + ")");
        };
    }

    /** The vendor's text is read for what it is about, and not passed on: it may repeat the prompt. */
    private static ProviderException refusedOrder(JsonAnswer answer) {
        String error = new AnswerFields(answer.jsonOrEmpty()).text("error");
        return error != null && error.toLowerCase(Locale.ROOT).contains("enough credits")
                ? noCredit()
                : new ProviderRefusedException(
                        Reason.INPUT,
                        "RunwayML does not accept this scene's picture, prompt, length or shape: change one of them");
    }

    private static ProviderException noCredit() {
        return new ProviderRefusedException(
                Reason.CREDIT, "The credit of our RunwayML account is used up: buy API credits there");
    }

    /** {@code x-should-retry} is not in the documents, but the vendor's own client obeys it. */
    private static Duration hint(JsonAnswer answer, Instant now) {
        Duration hint = RetryHints.of(answer.headers(), now);
        return "false".equalsIgnoreCase(answer.headers().get("x-should-retry")) ? atLeast(NOT_AT_ONCE, hint) : hint;
    }

    private static Duration atLeast(Duration least, Duration hint) {
        return hint == null || hint.compareTo(least) < 0 ? least : hint;
    }
}
