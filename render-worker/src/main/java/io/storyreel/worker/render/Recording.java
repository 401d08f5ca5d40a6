package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.UnreadableMediaException;
import io.storyreel.worker.provider.BrokenResultException;
import io.storyreel.worker.provider.PaidCall;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.render.Render.Spoken;
import io.storyreel.worker.speech.SpeechProvider;
import io.storyreel.worker.speech.Utterance;
import org.jboss.logging.Logger;

import java.math.BigDecimal;
import java.nio.file.Path;

/** A line is said, and its sound kept for every render that says it again. */
final class Recording implements PaidCall<PreparedSound> {
    private static final Logger LOG = Logger.getLogger(Recording.class);

    private final MediaProbe probe;
    private final Render render;
    private final SpeechProvider speaker;
    private final Spoken line;
    private final Utterance cast;
    private final String key;
    private final Path file;

    Recording(MediaProbe probe, Render render, SpeechProvider speaker, Spoken line, Utterance cast, String key) {
        this.probe = probe;
        this.render = render;
        this.speaker = speaker;
        this.line = line;
        this.cast = cast;
        this.key = key;
        this.file = render.files().fresh(Speak.EXTENSION);
    }

    @Override
    public Uni<BigDecimal> make(Departure departure) {
        return speaker.speak(cast, file, departure)
                .invoke(cost -> LOG.infof(
                        "voice bought: job=%s scene=%d provider=%s cost_usd=%s",
                        render.run().job().id(), line.sceneIndex(), speaker.name(), cost.toPlainString()));
    }

    /** At once, before anybody looks at it: to wait for ffmpeg's turn is to lose the sound if the worker dies. */
    @Override
    public Uni<PreparedSound> keep() {
        return render.files()
                .keep(key, file, "audio/wav")
                .chain(probe::audio)
                .map(audio -> PreparedSound.of(key, audio))
                .onFailure(UnreadableMediaException.class)
                .call(() -> render.files().discard(key))
                .onFailure(UnreadableMediaException.class)
                .transform(unreadable -> new BrokenResultException(unreadable.getMessage(), unreadable));
    }

    @Override
    public Uni<Void> possiblyCharged(ProviderTask attempt) {
        int scene = line.sceneIndex();
        return render.run()
                .tell(DoubtWords.change(RenderStage.SPEAK.wireName(), "The voice of scene " + scene, scene, attempt));
    }
}
