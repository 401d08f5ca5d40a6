package io.storyreel.worker.provider.replicate;

import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.RetryHints;
import org.jboss.logging.Logger;

import java.time.Duration;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Replicate's table of errors in words of ours: its own may repeat inputs. */
final class ReplicateErrors {
    private static final Logger LOG = Logger.getLogger(ReplicateErrors.class);
    private static final Pattern RESETS = Pattern.compile("(?:reset|try again)\\D{0,40}(\\d{1,4})\\s*s");
    private static final Duration UNTOLD = Duration.ofSeconds(5);
    private static final Pattern AGAINST_RULES = Pattern.compile("nsfw|sensitive|safety|content polic|moderation");

    private ReplicateErrors() {}

    /** What was asked for, which decides what an error means. */
    enum Asked {
        /** A prediction to be made. */
        ORDER,
        /** Anything about predictions that exist, and are paid for. */
        TASK,
        /** A file to be kept. */
        FILE,
        /** What a model is like: that it is not there is an answer to that. */
        MODEL
    }

    /** Fails unless the answer says what was asked for. */
    static void check(JsonAnswer answer, Asked asked) {
        if (answer.successful()) {
            if (asked != Asked.ORDER) {
                answer.json(); // a page is an outage, worth another try
            }
            return;
        }
        if (asked == Asked.MODEL && answer.status() == 404) {
            return;
        }
        LOG.infof("replicate did not do it: asked=%s status=%d", asked, answer.status());
        throw failure(answer, asked);
    }

    private static ProviderException failure(JsonAnswer answer, Asked asked) {
        int status = answer.status();
        String detail = String.valueOf(answer.jsonOrEmpty().getValue("detail")).toLowerCase(Locale.ROOT);
        boolean worded = answer.jsonOrEmpty().containsKey("detail");
        if (status == 429) {
            return new ProviderBusyException(ReplicateGateway.VENDOR + " asks us to wait", pause(answer, detail));
        }
        if (status >= 500) {
            return asked == Asked.ORDER && !worded && status != 503
                    ? new OutcomeUnknownException(
                            "Something on the way to " + ReplicateGateway.VENDOR + " answered " + status, null)
                    : new ProviderOutageException(
                            ReplicateGateway.VENDOR + " answered " + status, RetryHints.of(answer.headers()));
        }
        if (status >= 300 && status < 400 && asked != Asked.ORDER) {
            return new ProviderOutageException(ReplicateGateway.VENDOR + " sent us elsewhere", (Duration) null);
        }
        ProviderRefusedException refused = refusal(status, detail, asked);
        return asked == Asked.TASK && refused.reason() == Reason.INPUT
                // It says nothing about the prediction, and may come from something on the way.
                ? new ProviderOutageException(
                        ReplicateGateway.VENDOR + " answered " + status, RetryHints.of(answer.headers()))
                : refused;
    }

    private static ProviderRefusedException refusal(int status, String detail, Asked asked) {
        if (againstTheRules(detail)) {
            return new ProviderRefusedException(
                    Reason.CONTENT, "Replicate's model refuses the picture or the words: change them");
        }
        return switch (status) {
            case 401 ->
                new ProviderRefusedException(
                        Reason.ACCESS, "Replicate does not accept our token: set REPLICATE_API_TOKEN");
            case 402 ->
                new ProviderRefusedException(Reason.CREDIT, "The credit of our account at Replicate is used up");
            case 403 ->
                new ProviderRefusedException(
                        Reason.ACCESS, "Our account at Replicate may not use the model: check REPLICATE_API_TOKEN");
            case 404, 410 ->
                asked == Asked.ORDER
                        ? new ProviderRefusedException(
                                Reason.INPUT,
                                "Replicate does not know the model: check storyreel.replicate.clip.model and"
                                        + " storyreel.replicate.image.model")
                        : new ProviderRefusedException(Reason.GONE, "Replicate does not have the task any more");
            default ->
                status < 400
                        ? new ProviderRefusedException(
                                Reason.ACCESS,
                                "Replicate's address leads elsewhere, where our token is not sent: check"
                                        + " REPLICATE_API_URL")
                        : new ProviderRefusedException(
                                Reason.INPUT, "Replicate's model does not take what it was asked for");
        };
    }

    /** @param text in lower case */
    static boolean againstTheRules(String text) {
        return AGAINST_RULES.matcher(text).find();
    }

    private static Duration pause(JsonAnswer answer, String detail) {
        Duration hint = RetryHints.of(answer.headers());
        if (hint != null) {
            return hint;
        }
        Matcher resets = RESETS.matcher(detail);
        return resets.find() ? Duration.ofSeconds(Long.parseLong(resets.group(1))) : UNTOLD;
    }
}
