package io.storyreel.worker.speech.azure;

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

import java.lang.Character.UnicodeScript;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/** Speech from Azure. */
@ApplicationScoped
public class AzureSpeech implements SpeechProvider {
    static final String NAME = "azure";
    private static final int MOST_BYTES = 64 << 10;
    private static final int MILLION = 6;

    private final AzureSettings settings;
    private final AzureGateway gateway;
    private final VoiceNames voices;

    public AzureSpeech(AzureSettings settings, AzureGateway gateway) {
        this.settings = settings;
        this.gateway = gateway;
        this.voices = new VoiceNames(settings.defaultVoice(), settings.voices());
    }

    @Override
    public String name() {
        return NAME;
    }

    @Override
    public void checkSettings() {
        SettingCheck.key("AZURE_SPEECH_KEY", settings.key().orElse(null));
        AzureAddress.check(settings);
    }

    @Override
    public String missing() {
        ProviderKey key = AzureSettings.key(settings);
        if (!key.usable()) {
            return key.missing();
        }
        return AzureAddress.isKnown(settings) ? null : "the key's region is not known: set AZURE_SPEECH_REGION";
    }

    @Override
    public Uni<Utterance> cast(Utterance line) {
        return Uni.createFrom().item(() -> {
            String missing = missing();
            if (missing != null) {
                throw refused(Subject.SETTINGS, "Azure cannot be asked: " + missing);
            }
            var cast = new Utterance(Ssml.legal(line.text()), voices.of(line));
            if (!cast.voice().matches("[a-z]{2,3}-[A-Za-z0-9]{2,8}(-[A-Za-z0-9]+)*-[A-Za-z0-9:]+")) {
                throw refused(
                        Subject.VOICE,
                        "Azure's voices have names like en-US-JennyNeural: use one, or set it in"
                                + " STORYREEL_AZURE_SPEECH_VOICES_<NAME>");
            }
            if (cast.text().isBlank()) {
                throw refused(Subject.TEXT, "there is nothing in it that can be said");
            }
            if (Ssml.of(cast).getBytes(StandardCharsets.UTF_8).length >= MOST_BYTES) {
                throw refused(
                        Subject.TEXT, "it is larger than the 64 KB that Azure takes at once: make two lines of it");
            }
            return cast;
        });
    }

    @Override
    public String digest(Utterance cast) {
        return FileDigest.of(NAME, cast.voice(), cast.text());
    }

    /** Azure bills the ideographs of Chinese, Japanese and Korean twice. */
    @Override
    public BigDecimal price(Utterance cast) {
        long ideographs = cast.text()
                .codePoints()
                .filter(character -> UnicodeScript.of(character) == UnicodeScript.HAN)
                .count();
        return settings.pricePerMillionCharacters()
                .multiply(BigDecimal.valueOf(cast.characters() + ideographs))
                .movePointLeft(MILLION);
    }

    @Override
    public Uni<BigDecimal> speak(Utterance cast, Path target, Departure departure) {
        return new SpeechOrder(cast, target, price(cast), departure).by(gateway::speak);
    }

    private static SpeechRefusedException refused(Subject subject, String message) {
        return new SpeechRefusedException(subject, message);
    }
}
