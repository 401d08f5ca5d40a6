package io.storyreel.worker.speech.elevenlabs;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.ProviderException;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechRefusedException.Subject;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.vertx.core.json.JsonArray;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.exceptions.FaultToleranceException;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.function.Predicate;

/** The voices that the account at ElevenLabs has. A list is asked for once, and again when a name is not on it. */
@ApplicationScoped
public class AccountVoices {
    /** So that a script full of unknown names does not ask for each. */
    private static final Duration BETWEEN_LISTS = Duration.ofMinutes(1);

    private final ElevenLabsGateway gateway;
    private final Clock clock;
    private volatile Listed listed = new Listed(List.of(), Instant.MIN);

    private record Listed(List<AccountVoice> voices, Instant at) {}

    private record AccountVoice(String id, String name) {}

    public AccountVoices(ElevenLabsGateway gateway, Clock clock) {
        this.gateway = gateway;
        this.clock = clock;
    }

    /** The id of the first voice; null if the account has none. */
    Uni<String> first() {
        return find(voice -> true);
    }

    /** The id of a voice by its name; null if the account has no such voice. */
    Uni<String> named(String name) {
        return find(voice -> voice.name().equalsIgnoreCase(name));
    }

    private Uni<String> find(Predicate<AccountVoice> wanted) {
        String known = in(listed, wanted);
        if (known != null || listed.at().isAfter(clock.instant().minus(BETWEEN_LISTS))) {
            return Uni.createFrom().item(known);
        }
        return gateway.voices()
                .onFailure(AccountVoices::isOutage)
                .transform(
                        failure -> new SpeechUnavailableException("ElevenLabs did not list its voices", null, failure))
                .map(this::read)
                .invoke(fresh -> listed = fresh)
                .map(fresh -> in(fresh, wanted));
    }

    private static boolean isOutage(Throwable failure) {
        return failure instanceof ProviderException || failure instanceof FaultToleranceException;
    }

    private static String in(Listed list, Predicate<AccountVoice> wanted) {
        return list.voices().stream()
                .filter(wanted)
                .map(AccountVoice::id)
                .findFirst()
                .orElse(null);
    }

    /** A key may be allowed to speak but not to list: then only configured voices can be used. */
    private Listed read(JsonAnswer answer) {
        if (answer.status() == 401 || answer.status() == 403) {
            throw new SpeechRefusedException(
                    Subject.SETTINGS,
                    "ElevenLabs does not let our key list the voices: set ELEVENLABS_API_KEY, or name the voice's id in"
                            + " STORYREEL_ELEVENLABS_DEFAULT_VOICE or STORYREEL_ELEVENLABS_VOICES_<NAME>");
        }
        if (!answer.successful()) {
            throw new SpeechUnavailableException(
                    "ElevenLabs answered " + answer.status() + " when asked for its voices", null, null);
        }
        Object voices = answer.jsonOrEmpty().getValue("voices");
        JsonArray list = voices instanceof JsonArray array ? array : new JsonArray();
        return new Listed(
                list.stream()
                        .filter(JsonObject.class::isInstance)
                        .map(voice -> voice((JsonObject) voice))
                        .filter(Objects::nonNull)
                        .toList(),
                clock.instant());
    }

    private static AccountVoice voice(JsonObject voice) {
        String id = Objects.toString(voice.getValue("voice_id"), "");
        return ElevenLabsSpeech.isId(id) ? new AccountVoice(id, Objects.toString(voice.getValue("name"), "")) : null;
    }
}
