package io.storyreel.worker.speech.elevenlabs;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storyboard.ScriptLine;
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

/** Speech from ElevenLabs. */
@ApplicationScoped
public class ElevenLabsSpeech implements SpeechProvider {
    static final String NAME = "elevenlabs";

    private final ElevenLabsSettings settings;
    private final ElevenLabsGateway gateway;
    private final AccountVoices account;
    private final ElevenLabsModel model;
    private final ElevenLabsDialect dialect;
    private final VoiceNames voices;

    public ElevenLabsSpeech(ElevenLabsSettings settings, ElevenLabsGateway gateway, AccountVoices account) {
        this.settings = settings;
        this.gateway = gateway;
        this.account = account;
        this.model = ElevenLabsModel.named(settings.model());
        this.dialect = new ElevenLabsDialect(settings.pricePerThousandCredits(), plan -> {});
        this.voices = new VoiceNames(settings.defaultVoice().orElse(ScriptLine.DEFAULT_VOICE), settings.voices());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void checkSettings() {
        SettingCheck.key("ELEVENLABS_API_KEY", settings.apiKey().orElse(null));
        SettingCheck.secureAddress("ELEVENLABS_API_URL", settings.url());
    }

    @Override
    public String missing() {
        ProviderKey key = ElevenLabsSettings.key(settings);
        return key.usable() ? null : key.missing();
    }

    @Override
    public Uni<Utterance> cast(Utterance line) {
        String missing = missing();
        if (missing != null) {
            return refused(Subject.SETTINGS, "ElevenLabs cannot be asked: " + missing);
        }
        if (line.characters() > model.mostCharacters()) {
            return refused(
                    Subject.TEXT,
                    line.characters() + " characters are more than the " + model.mostCharacters() + " that "
                            + settings.model() + " takes at once: make two lines of it");
        }
        String voice = voices.of(line);
        return id(voice)
                .onItem()
                .ifNull()
                .switchTo(() -> refused(
                        Subject.VOICE,
                        "our account at ElevenLabs has no such voice: add it there, or set its id in "
                                + (ScriptLine.DEFAULT_VOICE.equals(voice)
                                        ? "STORYREEL_ELEVENLABS_DEFAULT_VOICE"
                                        : "STORYREEL_ELEVENLABS_VOICES_<NAME>")))
                .map(id -> new Utterance(line.text(), id));
    }

    /** Null if there is no such voice. */
    private Uni<String> id(String voice) {
        if (isId(voice)) {
            return Uni.createFrom().item(voice);
        }
        return ScriptLine.DEFAULT_VOICE.equals(voice) ? account.first() : account.named(voice);
    }

    /** Ids are 20 letters and digits; nothing else may become part of an address. */
    static boolean isId(String voice) {
        return voice.matches("[A-Za-z0-9]{20}");
    }

    @Override
    public String digest(Utterance cast) {
        return FileDigest.of(NAME, settings.model(), cast.voice(), cast.text());
    }

    @Override
    public BigDecimal price(Utterance cast) {
        return dialect.cost(model.creditsPerCharacter().multiply(BigDecimal.valueOf(cast.characters())));
    }

    @Override
    public Uni<BigDecimal> speak(Utterance cast, Path target, Departure departure) {
        return new SpeechOrder(cast, target, price(cast), departure).by(gateway::speak);
    }

    private static <T> Uni<T> refused(Subject subject, String message) {
        return Uni.createFrom().failure(new SpeechRefusedException(subject, message));
    }
}
