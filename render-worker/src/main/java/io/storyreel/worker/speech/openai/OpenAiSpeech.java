package io.storyreel.worker.speech.openai;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.fetch.FileDigest;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.provider.http.ProviderKey;
import io.storyreel.worker.speech.SettingCheck;
import io.storyreel.worker.speech.SpeechOrder;
import io.storyreel.worker.speech.SpeechProvider;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechRefusedException.Subject;
import io.storyreel.worker.speech.Utterance;
import io.storyreel.worker.speech.VoiceNames;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.nio.file.Path;

/** Speech from any server that offers OpenAI's {@code POST /v1/audio/speech}. */
@ApplicationScoped
public class OpenAiSpeech implements SpeechProvider {
    static final String NAME = "openai";

    private static final int MOST_CHARACTERS = 4_096;

    private final OpenAiSettings settings;
    private final OpenAiGateway gateway;
    private final ModelLife life;
    private final VoiceNames voices;
    private final OpenAiPrices prices;

    public OpenAiSpeech(OpenAiSettings settings, OpenAiGateway gateway, ModelLife life) {
        this.settings = settings;
        this.gateway = gateway;
        this.life = life;
        this.voices = new VoiceNames(settings.defaultVoice(), settings.voices());
        this.prices = OpenAiPrices.of(settings);
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void checkSettings() {
        SettingCheck.key(OpenAiSettings.KEY_SETTING, settings.apiKey().orElse(null));
        SettingCheck.address("STORYREEL_SPEECH_URL", settings.url());
    }

    /** Other servers that speak this protocol may want no key. */
    @Override
    public String missing() {
        ProviderKey key = OpenAiSettings.key(settings);
        return key.usable() || !settings.url().startsWith(OpenAiSettings.OFFICIAL) ? null : key.missing();
    }

    @Override
    public Uni<Utterance> cast(Utterance line) {
        return Uni.createFrom().item(() -> {
            String missing = missing();
            if (missing != null) {
                throw new SpeechRefusedException(Subject.SETTINGS, "OpenAI cannot be asked: " + missing);
            }
            life.check();
            if (line.characters() > MOST_CHARACTERS) {
                throw new SpeechRefusedException(
                        Subject.TEXT,
                        line.characters() + " characters are more than the " + MOST_CHARACTERS
                                + " the speech server takes at once: make two lines of it");
            }
            return new Utterance(line.text(), voices.of(line));
        });
    }

    /** The address is left out: a local server gets another port at every start and still has the same voice. */
    @Override
    public String digest(Utterance cast) {
        return FileDigest.of(NAME, settings.model(), cast.voice(), cast.text());
    }

    @Override
    public BigDecimal price(Utterance cast) {
        return prices.expected(cast.characters());
    }

    @Override
    public Uni<BigDecimal> speak(Utterance cast, Path target, Departure departure) {
        return new SpeechOrder(cast, target, price(cast), departure).by(gateway::speak);
    }
}
