package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.UnreadableMediaException;
import io.storyreel.worker.provider.PaidTasks;
import io.storyreel.worker.render.Render.Spoken;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.speech.SpeechProvider;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Utterance;
import io.storyreel.worker.speech.Voices;
import io.vertx.core.json.JsonObject;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * The second stage: a voice for every line. What was said once in the same voice is in the object store and is not
 * bought again, whichever job asked for it.
 */
@ApplicationScoped
class Speak {
    private static final int AT_ONCE = 3;
    private static final String EXTENSION = "wav";

    private final Voices voices;
    private final PaidTasks tasks;
    private final MediaProbe probe;

    Speak(Voices voices, PaidTasks tasks, MediaProbe probe) {
        this.voices = voices;
        this.tasks = tasks;
        this.probe = probe;
    }

    /** One voice for each of {@link Render#spoken}, in that order; none if nobody speaks here. */
    Uni<List<PreparedSound>> speak(Render render) {
        List<Spoken> lines = render.spoken();
        if (voices.silent() || lines.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        SpeechProvider speaker = voices.speaker();
        List<Uni<PreparedSound>> sounds = new ArrayList<>();
        lines.forEach(line -> sounds.add(voice(render, speaker, line, sounds.size() + 1, lines.size())));
        return Uni.join().all(sounds).usingConcurrencyOf(AT_ONCE).andFailFast();
    }

    private Uni<PreparedSound> voice(Render render, SpeechProvider speaker, Spoken line, int number, int all) {
        JobChange told = RenderProgress.at(
                RenderStage.SPEAK,
                (double) number / all,
                "Recorded voice " + number + "/" + all,
                line.sceneIndex(),
                null);
        var utterance = new Utterance(line.text().text(), line.text().voice());
        return render.run()
                .step("speak:" + line.sceneIndex(), told, () -> sound(render, speaker, line, utterance)
                        .onFailure()
                        .transform(failure -> failureOf(line, failure))
                        .map(JsonObject::mapFrom))
                .map(json -> json.mapTo(PreparedSound.class));
    }

    private Uni<PreparedSound> sound(Render render, SpeechProvider speaker, Spoken line, Utterance utterance) {
        String digest = speaker.digest(utterance);
        String key = ObjectKeys.speech(digest, EXTENSION);
        return render.files()
                .existing(key)
                .chain(probe::audio)
                .map(audio -> PreparedSound.of(key, audio))
                .onFailure(ObjectMissingException.class)
                .recoverWithUni(() -> {
                    var purchase = new Purchase(
                            render.run().job().lease(),
                            Purpose.SPEECH,
                            line.sceneIndex(),
                            speaker.name(),
                            digest,
                            speaker.price(utterance));
                    return tasks.once(purchase, PreparedSound.class, () -> record(render, speaker, utterance, key))
                            .map(bought -> bought.made());
                });
    }

    private Uni<PreparedSound> record(Render render, SpeechProvider speaker, Utterance utterance, String key) {
        Path file = render.files().fresh(EXTENSION);
        return speaker.speak(utterance, file)
                .chain(() -> probe.audio(file))
                .chain(audio -> render.files().keep(key, file, "audio/wav").map(kept -> PreparedSound.of(key, audio)));
    }

    private static Throwable failureOf(Spoken line, Throwable failure) {
        String field = "script[" + line.line() + "]";
        if (failure instanceof SpeechRefusedException refused) {
            String about = "voice_not_found".equals(refused.code())
                    ? ".voice: " + refused.getMessage() + ": \"" + line.text().voice() + "\""
                    : ".text: " + refused.getMessage();
            return JobFailure.lasting(refused.code(), field + about + " (scene " + line.sceneIndex() + ")");
        }
        if (failure instanceof SpeechUnavailableException || failure instanceof UnreadableMediaException) {
            return JobFailure.passing(
                    "speech_unavailable",
                    field + ": no voice for scene " + line.sceneIndex() + " yet: " + failure.getMessage(),
                    failure);
        }
        return failure;
    }
}
