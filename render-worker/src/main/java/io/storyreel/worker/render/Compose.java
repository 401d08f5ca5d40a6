package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storyboard.BackgroundMusic;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.media.Audio;
import io.storyreel.worker.media.Canvas;
import io.storyreel.worker.media.Composer;
import io.storyreel.worker.media.Composition;
import io.storyreel.worker.media.Container;
import io.storyreel.worker.media.Music;
import io.storyreel.worker.media.SceneVisual;
import io.storyreel.worker.media.TimedScene;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The fourth stage: the video, in one run of ffmpeg. Not resumed after a crash but done again: it is our own time. */
@ApplicationScoped
class Compose {
    private final Composer composer;

    Compose(Composer composer) {
        this.composer = composer;
    }

    Uni<Path> compose(
            Render render, ScenePlan plan, List<SceneVisual> visuals, List<PreparedSound> voices, PreparedSound music) {
        Path output = render.files().fresh(render.storyboard().output().format().extension());
        return voices(render, voices)
                .chain(audios -> music(render, music)
                        .map(track -> composition(render.storyboard(), plan, visuals, audios, track)))
                .chain(composition -> composer.compose(
                        composition, render.files().directory(), output, fraction -> tell(render, plan, fraction)))
                .call(() -> render.progress().check())
                .map(composed -> composed.file());
    }

    private static Composition composition(
            Storyboard storyboard, ScenePlan plan, List<SceneVisual> visuals, List<Audio> voices, Music music) {
        OutputSpec output = storyboard.output();
        int shortSide = output.resolution().shortSide();
        return new Composition(
                new Canvas(
                        storyboard.aspectRatio().width(shortSide),
                        storyboard.aspectRatio().height(shortSide)),
                switch (output.format()) {
                    case MP4 -> Container.MP4;
                    case MOV -> Container.MOV;
                    case WEBM -> Container.WEBM;
                },
                plan.timeline(),
                visuals,
                voices,
                music,
                output.burnCaptions() ? plan.captions() : List.of());
    }

    private static Uni<List<Audio>> voices(Render render, List<PreparedSound> voices) {
        if (voices.isEmpty()) {
            return Uni.createFrom().item(List.of());
        }
        List<Uni<Audio>> audios = new ArrayList<>();
        voices.forEach(voice -> audios.add(render.files().file(voice.key()).map(voice::at)));
        return Uni.join().all(audios).usingConcurrencyOf(4).andFailFast();
    }

    /** The item is null when there is no music. */
    private static Uni<Music> music(Render render, PreparedSound music) {
        if (music == null) {
            return Uni.createFrom().nullItem();
        }
        BackgroundMusic wanted = render.storyboard().backgroundMusic();
        return render.files()
                .file(music.key())
                .map(file -> new Music(music.at(file), wanted.volume(), wanted.duckDuringVoice()));
    }

    private static void tell(Render render, ScenePlan plan, double fraction) {
        long frame = Math.round(fraction * plan.timeline().frames());
        List<TimedScene> scenes = plan.timeline().scenes();
        int done =
                (int) scenes.stream().filter(scene -> scene.endFrame() <= frame).count();
        int current = Math.min(done, scenes.size() - 1);
        render.progress()
                .tellSoon(RenderProgress.at(
                        RenderStage.COMPOSE,
                        fraction,
                        "Rendering scene " + (current + 1) + "/" + scenes.size() + "...",
                        scenes.get(current).sceneIndex(),
                        done));
    }
}
