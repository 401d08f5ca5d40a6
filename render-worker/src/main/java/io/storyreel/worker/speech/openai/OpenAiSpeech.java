package io.storyreel.worker.speech.openai;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.worker.fetch.FileDigest;
import io.storyreel.worker.speech.SpeechProvider;
import io.storyreel.worker.speech.SpeechSettings;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Utterance;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

import java.math.BigDecimal;
import java.nio.file.Path;

/** Speech from any server that offers OpenAI's {@code POST /v1/audio/speech}. */
@ApplicationScoped
public class OpenAiSpeech implements SpeechProvider {
    private static final int CHARACTERS_PER_PRICE = 6;

    private final SpeechSettings settings;
    private final OpenAiGateway gateway;

    public OpenAiSpeech(SpeechSettings settings, OpenAiGateway gateway) {
        this.settings = settings;
        this.gateway = gateway;
    }

    @Override
    public String name() {
        return "openai";
    }

    /** The address is left out: a local server gets another port at every start and still has the same voice. */
    @Override
    public String digest(Utterance utterance) {
        return FileDigest.of(name(), settings.model(), voice(utterance), utterance.text());
    }

    @Override
    public BigDecimal price(Utterance utterance) {
        int characters = utterance.text().codePointCount(0, utterance.text().length());
        return settings.pricePerMillionCharacters()
                .multiply(BigDecimal.valueOf(characters))
                .movePointLeft(CHARACTERS_PER_PRICE);
    }

    @Override
    public Uni<Void> speak(Utterance utterance, Path target) {
        return gateway.speak(settings.model(), voice(utterance), utterance.text(), target)
                .onFailure(FaultToleranceException.class)
                .transform(failure -> new SpeechUnavailableException(
                        "the speech server does not keep up: " + failure.getMessage(), null, failure));
    }

    private String voice(Utterance utterance) {
        return ScriptLine.DEFAULT_VOICE.equals(utterance.voice())
                ? settings.defaultVoice()
                : settings.voices().getOrDefault(utterance.voice(), utterance.voice());
    }
}
