package io.storyreel.worker.speech.openai;

import io.quarkus.runtime.StartupEvent;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.speech.SpeechChoice;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechRefusedException.Subject;
import io.storyreel.worker.speech.SpeechSettings;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import org.jboss.logging.Logger;

import java.time.Clock;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.time.temporal.ChronoUnit;

/**
 * Until when our model can be had. OpenAI announces the end of a model in its description; servers that only speak the
 * protocol say nothing of the kind, or have no descriptions, and that is no reason to worry.
 */
@ApplicationScoped
public class ModelLife {
    private static final Logger LOG = Logger.getLogger(ModelLife.class);
    private static final int DAYS_OF_WARNING = 60;

    private final OpenAiGateway gateway;
    private final OpenAiSettings settings;
    private final SpeechSettings speech;
    private final Clock clock;

    /** The first day without it; null if no end is known. */
    private volatile LocalDate shutdown;

    public ModelLife(OpenAiGateway gateway, OpenAiSettings settings, SpeechSettings speech, Clock clock) {
        this.gateway = gateway;
        this.settings = settings;
        this.speech = speech;
        this.clock = clock;
    }

    void ask(@Observes StartupEvent started) {
        if (SpeechChoice.of(speech).names().contains(OpenAiSpeech.NAME)) {
            gateway.model()
                    .subscribe()
                    .with(
                            this::learn,
                            failure -> LOG.warnf(
                                    "the speech server did not describe the model: model=%s reason=%s",
                                    settings.model(), failure.getMessage()));
        }
    }

    /** @throws SpeechRefusedException if it is over */
    void check() {
        LocalDate end = shutdown;
        if (end != null && !LocalDate.now(clock).isBefore(end)) {
            throw new SpeechRefusedException(
                    Subject.SETTINGS,
                    "the speech server has shut the model \"" + settings.model() + "\" down on " + end
                            + ": set STORYREEL_SPEECH_MODEL, or another STORYREEL_SPEECH_PROVIDER");
        }
    }

    void learn(JsonAnswer answer) {
        shutdown = answer.successful() ? date(answer.jsonOrEmpty().getValue("shutdown_date")) : null;
        if (shutdown == null) {
            return;
        }
        long days = ChronoUnit.DAYS.between(LocalDate.now(clock), shutdown);
        if (days <= 0) {
            LOG.errorf(
                    "speech model is shut down, nobody can speak: model=%s since=%s set=STORYREEL_SPEECH_MODEL",
                    settings.model(), shutdown);
        } else if (days < DAYS_OF_WARNING) {
            LOG.warnf(
                    "speech model will be shut down: model=%s on=%s days=%d set=STORYREEL_SPEECH_MODEL",
                    settings.model(), shutdown, days);
        }
    }

    private static LocalDate date(Object text) {
        try {
            return text == null ? null : LocalDate.parse(text.toString());
        } catch (DateTimeParseException unreadable) {
            return null;
        }
    }
}
