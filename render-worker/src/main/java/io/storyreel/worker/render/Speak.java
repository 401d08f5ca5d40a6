package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.UnreadableMediaException;
import io.storyreel.worker.provider.Bought;
import io.storyreel.worker.provider.BrokenResultException;
import io.storyreel.worker.provider.PaidCalls;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ResultLostException;
import io.storyreel.worker.render.Render.Spoken;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.NeededFiles;
import io.storyreel.worker.speech.SpeechBusyException;
import io.storyreel.worker.speech.SpeechProvider;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Utterance;
import io.storyreel.worker.speech.Voices;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.ArrayList;
import java.util.List;

/**
 * The second stage: a voice for every line. What was said once in the same voice is in the object store and is not
 * bought again, whichever job asked for it.
 */
@ApplicationScoped
class Speak {
    private static final Logger LOG = Logger.getLogger(Speak.class);
    private static final int AT_ONCE = 3;
    static final String EXTENSION = "wav";

    private final Voices voices;
    private final PaidCalls calls;
    private final MediaProbe probe;
    private final NeededFiles needed;

    Speak(Voices voices, PaidCalls calls, MediaProbe probe, NeededFiles needed) {
        this.voices = voices;
        this.calls = calls;
        this.probe = probe;
        this.needed = needed;
    }

    /** One voice for each of {@link Render#spoken}, in that order; none if nobody speaks here. */
    Uni<List<PreparedSound>> speak(Render render) {
        List<Spoken> lines = render.spoken();
        if (voices.silent() || lines.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<SpeechProvider> speakers = voices.speakers();
        List<Uni<PreparedSound>> sounds = new ArrayList<>();
        lines.forEach(line -> sounds.add(voice(render, speakers, line, sounds.size() + 1, lines.size())));
        return castable(speakers.get(0), lines)
                .chain(() -> Uni.join().all(sounds).usingConcurrencyOf(AT_ONCE).andFailFast());
    }

    /** A line that cannot be said at all is found before another is paid for. */
    private static Uni<Void> castable(SpeechProvider speaker, List<Spoken> lines) {
        List<Uni<Utterance>> casts = lines.stream()
                .map(line -> Uni.createFrom()
                        .deferred(() -> speaker.cast(utterance(line)))
                        .onFailure(SpeechUnavailableException.class)
                        .recoverWithNull() // it may still be said by another, or later
                        .onFailure()
                        .transform(failure -> failureOf(line, failure)))
                .toList();
        return Uni.join().all(casts).usingConcurrencyOf(1).andFailFast().replaceWithVoid();
    }

    private Uni<PreparedSound> voice(Render render, List<SpeechProvider> speakers, Spoken line, int number, int all) {
        JobChange told = RenderProgress.at(
                RenderStage.SPEAK,
                (double) number / all,
                "Recorded voice " + number + "/" + all,
                line.sceneIndex(),
                null);
        return render.run()
                .step("speak:" + line.sceneIndex(), told, () -> said(render, speakers, line)
                        .onFailure()
                        .transform(failure -> failureOf(line, failure))
                        .map(JsonObject::mapFrom))
                .map(json -> json.mapTo(PreparedSound.class));
    }

    /** By the first who is in order. What one refuses no other is asked for, and one that is only busy is waited for. */
    private Uni<PreparedSound> said(Render render, List<SpeechProvider> speakers, Spoken line) {
        SpeechProvider speaker = speakers.get(0);
        Uni<PreparedSound> sound = speaker.cast(utterance(line)).chain(cast -> sound(render, speaker, line, cast));
        return speakers.size() == 1
                ? sound
                : sound.onFailure(Speak::isOutOfOrder).recoverWithUni(outage -> {
                    LOG.warnf(
                            "speech falls back: job=%s scene=%d from=%s to=%s reason=%s",
                            render.run().job().id(),
                            line.sceneIndex(),
                            speaker.name(),
                            speakers.get(1).name(),
                            outage.getMessage());
                    return render.run()
                            .tell(hop(line, speaker, speakers.get(1), outage))
                            .chain(() -> said(render, speakers.subList(1, speakers.size()), line))
                            .onFailure(SpeechRefusedException.class)
                            .transform(unable -> outage);
                });
    }

    /** For the history: what the other costs is in the ledger. */
    private static JobChange hop(Spoken line, SpeechProvider from, SpeechProvider to, Throwable outage) {
        return JobChange.progress(
                        0,
                        RenderStage.SPEAK.wireName(),
                        "Scene %d is spoken by %s instead of %s: %s"
                                .formatted(line.sceneIndex(), to.name(), from.name(), outage.getMessage()))
                .ofScene(line.sceneIndex(), null);
    }

    private static boolean isOutOfOrder(Throwable failure) {
        return failure instanceof SpeechUnavailableException && !(failure instanceof SpeechBusyException)
                || failure instanceof ProviderOutageException;
    }

    private Uni<PreparedSound> sound(Render render, SpeechProvider speaker, Spoken line, Utterance cast) {
        String digest = speaker.digest(cast);
        String key = ObjectKeys.speech(digest, EXTENSION);
        return needed.by(render.run().job().id(), List.of(key))
                .chain(() -> render.files().existing(key))
                .chain(probe::audio)
                .map(audio -> PreparedSound.of(key, audio))
                .call(said -> calls.kept(render.run().job().id(), Purpose.SPEECH, line.sceneIndex(), digest, said))
                // A worker may have died between keeping a sound and finding that it is none.
                .onFailure(UnreadableMediaException.class)
                .call(() -> render.files().discard(key))
                .onFailure(failure ->
                        failure instanceof ObjectMissingException || failure instanceof UnreadableMediaException)
                .recoverWithUni(() -> {
                    var purchase = Purchase.whole(
                            render.run().job().lease(),
                            Purpose.SPEECH,
                            line.sceneIndex(),
                            speaker.name(),
                            digest,
                            speaker.price(cast));
                    return calls.once(
                                    purchase,
                                    PreparedSound.class,
                                    new Recording(probe, render, speaker, line, cast, key))
                            .map(Bought::made);
                });
    }

    private static Utterance utterance(Spoken line) {
        return new Utterance(line.text().text(), line.text().voice());
    }

    private static Throwable failureOf(Spoken line, Throwable failure) {
        String field = "script[" + line.line() + "]";
        if (failure instanceof SpeechRefusedException refused) {
            String scene = " (scene " + line.sceneIndex() + ")";
            return JobFailure.lasting(
                            refused.code(),
                            switch (refused.subject()) {
                                case VOICE ->
                                    field + ".voice: " + refused.getMessage() + ": \""
                                            + line.text().voice() + "\"" + scene;
                                case TEXT -> field + ".text: " + refused.getMessage() + scene;
                                case SETTINGS, CREDIT -> "No voice for " + field + scene + ": " + refused.getMessage();
                            })
                    .ofScene(line.sceneIndex());
        }
        if (failure instanceof ResultLostException) {
            return JobFailure.lasting(
                            "speech_lost",
                            "No voice for " + field + " (scene " + line.sceneIndex() + "): " + failure.getMessage()
                                    + "; this was its second try, and each may have been charged: render again when the"
                                    + " connection holds")
                    .ofScene(line.sceneIndex());
        }
        if (failure instanceof SpeechUnavailableException
                || failure instanceof ProviderOutageException
                || failure instanceof BrokenResultException
                || failure instanceof UnreadableMediaException) {
            return JobFailure.passing(
                            "speech_unavailable",
                            field + ": no voice for scene " + line.sceneIndex() + " yet: " + failure.getMessage(),
                            failure)
                    .ofScene(line.sceneIndex());
        }
        return failure;
    }
}
