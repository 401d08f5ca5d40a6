package io.storyreel.worker.provider.pika;

import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.TaskProgress;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.provider.http.JsonAnswer;
import org.jboss.logging.Logger;

import java.math.BigDecimal;

/** fal's table of errors in words of ours: its own may repeat prompts and addresses. */
final class FalErrors {
    private static final Logger LOG = Logger.getLogger(FalErrors.class);

    private FalErrors() {}

    /** What was asked for, which decides what an error means. */
    enum Asked {
        /** A new clip. */
        ORDER,
        /** The state of a task. */
        STATE,
        /** What came of a task: a fault of the run is an answer to that. */
        RESULT,
        /** To stop a task: that there is nothing to stop is an answer to that. */
        STOP
    }

    /** Fails unless the answer says what was asked for; with {@link FalRunFailure} if it may be the run that failed. */
    static void check(JsonAnswer answer, Asked asked) {
        if (answer.successful()) {
            if (asked == Asked.STATE || asked == Asked.RESULT) {
                answer.json(); // a page is an outage, worth another try
            }
            return;
        }
        FalFault fault = FalFault.of(answer);
        LOG.infof(
                "fal did not do it: asked=%s status=%d type=%s request=%s",
                asked, answer.status(), fault.type(), answer.headers().get("x-fal-request-id"));
        boolean answered =
                switch (asked) {
                    case ORDER, STATE -> false;
                    case RESULT -> (fault.status() == 400 || fault.status() == 422) && fault.worded();
                    case STOP -> fault.status() == 400 || fault.status() == 404;
                };
        if (!answered) {
            throw failure(fault, asked);
        }
    }

    private static ProviderException failure(FalFault fault, Asked asked) {
        if (asked == Asked.ORDER && fault.status() >= 500 && fault.status() != 503 && !fault.worded()) {
            return new OutcomeUnknownException(
                    "Something on the way to " + PikaGateway.VENDOR + " answered " + fault.status(), null);
        }
        if (asked == Asked.RESULT && fault.status() >= 500 && fault.worded()) {
            return new FalRunFailure(fault);
        }
        if (asked != Asked.ORDER && fault.leadsElsewhere()) {
            return new ProviderOutageException(PikaGateway.VENDOR + " sent us elsewhere", fault.pause());
        }
        if (asked != Asked.ORDER && !saysSomething(fault)) {
            return new ProviderOutageException(PikaGateway.VENDOR + " answered " + fault.status(), fault.pause());
        }
        if (!fault.isPassing()) {
            return refusal(fault, asked);
        }
        return fault.status() == 429
                ? new ProviderBusyException(PikaGateway.VENDOR + " asks us to wait", fault.pause())
                : new ProviderOutageException(PikaGateway.VENDOR + " answered " + fault.status(), fault.pause());
    }

    /** About a task that is there and paid for; all else may come from something on the way. */
    private static boolean saysSomething(FalFault fault) {
        return switch (fault.status()) {
            case 401, 402, 403, 404, 410, 429 -> true;
            default -> fault.againstTheRules() || fault.ofMoney();
        };
    }

    private static ProviderRefusedException refusal(FalFault fault, Asked asked) {
        if (fault.againstTheRules()) {
            return new ProviderRefusedException(Reason.CONTENT, content());
        }
        if (fault.ofMoney() || fault.status() == 429) {
            return new ProviderRefusedException(
                    Reason.CREDIT, "The credit of our account at fal.ai, which sells Pika's clips, is used up");
        }
        return switch (fault.status()) {
            case 401, 403 ->
                new ProviderRefusedException(
                        Reason.ACCESS, "fal.ai does not accept our key: set PIKA_API_KEY to a key that may use Pika");
            case 404, 410 ->
                asked == Asked.ORDER
                        ? new ProviderRefusedException(
                                Reason.INPUT, "fal.ai does not know the model: check storyreel.pika.model")
                        : new ProviderRefusedException(Reason.GONE, "fal.ai does not have the clip's task any more");
            default ->
                fault.leadsElsewhere()
                        ? new ProviderRefusedException(
                                Reason.ACCESS,
                                "The address of fal.ai leads elsewhere, where our key is not sent: check PIKA_API_URL")
                        : new ProviderRefusedException(Reason.INPUT, input(fault));
        };
    }

    /** What became of a task whose run failed. Faults of fal's are free; whether others are, it does not say. */
    static <R> TaskProgress.Failed<R> failed(String state, FalFault fault) {
        BigDecimal cost = fault.status() >= 500 ? BigDecimal.ZERO : null;
        if (fault.againstTheRules()) {
            return new TaskProgress.Failed<>(state, Reason.CONTENT.code(), content(), Verdict.FINAL, cost);
        }
        return fault.isPassing()
                ? new TaskProgress.Failed<>(
                        state, "provider_failed", "Pika could not make the clip", Verdict.AGAIN, cost)
                : new TaskProgress.Failed<>(state, Reason.INPUT.code(), input(fault), Verdict.FINAL, cost);
    }

    private static String content() {
        return "Pika refuses the picture or the words of this scene: change the scene's picture or motion prompt";
    }

    private static String input(FalFault fault) {
        return switch (fault.type()) {
            case "image_load_error" -> "Pika cannot read the scene's picture: use another one";
            case "request_timeout" -> "fal.ai did not begin the clip within the time that we allow";
            default -> "Pika cannot make a clip of this scene as it is asked for";
        };
    }
}
