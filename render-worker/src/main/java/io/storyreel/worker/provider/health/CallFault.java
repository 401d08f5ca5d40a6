package io.storyreel.worker.provider.health;

import io.smallrye.faulttolerance.api.RateLimitException;
import io.storyreel.worker.provider.ChargedException;
import io.storyreel.worker.provider.OutcomeUnknownException;
import io.storyreel.worker.provider.ProviderBusyException;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ResultLostException;
import io.storyreel.worker.speech.SpeechBusyException;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechUnavailableException;
import org.eclipse.microprofile.faulttolerance.exceptions.BulkheadException;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;

import java.util.Locale;

/** Kinds of failed calls. The words are ours: what vendors write may repeat keys, prompts and addresses. */
enum CallFault {
    RATE_LIMITED("it asked to be left alone for a while", true),
    OUTAGE("it could not be reached, or answered with an error", true),
    TIMEOUT("it took too long to answer", true),
    OUTCOME_UNKNOWN("it was sent a request and gave no answer", true),
    ACCESS("it does not accept our key", true),
    CREDIT("there is nothing left there to pay with", true),
    UNEXPECTED("it could not be asked, for a reason that the log of the worker tells", true),
    /** Its content, its input, or a task that is gone: says nothing against the provider. */
    REFUSED("it refused what was asked", false),
    /** Not asked at all: the reason is the error before. */
    CIRCUIT_OPEN("it failed too often and is left alone", false),
    /** Our own bound on how much we ask at once. */
    OWN_LIMIT("we ask it for too much at once", false);

    private final String words;
    private final boolean againstProvider;

    CallFault(String words, boolean againstProvider) {
        this.words = words;
        this.againstProvider = againstProvider;
    }

    static CallFault of(Throwable failure) {
        if (failure instanceof ProviderRefusedException refusal) {
            return switch (refusal.reason()) {
                case ACCESS -> ACCESS;
                case CREDIT -> CREDIT;
                default -> REFUSED;
            };
        }
        if (failure instanceof SpeechRefusedException refusal) {
            return switch (refusal.subject()) {
                case SETTINGS -> ACCESS;
                case CREDIT -> CREDIT;
                default -> REFUSED;
            };
        }
        if (failure instanceof ProviderBusyException || failure instanceof SpeechBusyException) {
            return RATE_LIMITED;
        }
        if (failure instanceof OutcomeUnknownException
                || failure instanceof ChargedException charged && charged.getCause() instanceof ResultLostException) {
            return OUTCOME_UNKNOWN;
        }
        if (failure instanceof ProviderOutageException || failure instanceof SpeechUnavailableException) {
            return failure.getCause() == null ? OUTAGE : ofCause(failure.getCause());
        }
        return ofFaultTolerance(failure, UNEXPECTED);
    }

    /** Providers may hand on what the fault tolerance round them has said. */
    private static CallFault ofCause(Throwable cause) {
        return ofFaultTolerance(cause, OUTAGE);
    }

    private static CallFault ofFaultTolerance(Throwable failure, CallFault otherwise) {
        if (failure instanceof TimeoutException) {
            return TIMEOUT;
        }
        if (failure instanceof CircuitBreakerOpenException) {
            return CIRCUIT_OPEN;
        }
        return failure instanceof BulkheadException || failure instanceof RateLimitException ? OWN_LIMIT : otherwise;
    }

    String wireName() {
        return name().toLowerCase(Locale.ROOT);
    }

    String words() {
        return words;
    }

    /** Whether others who use the provider should know. */
    boolean againstProvider() {
        return againstProvider;
    }
}
