package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storyboard.OutputFormat;
import io.storyreel.worker.fetch.FileDigest;
import io.storyreel.worker.media.Caption;
import io.storyreel.worker.media.Captions;
import io.storyreel.worker.media.Composer;
import io.storyreel.worker.media.MediaFile;
import io.storyreel.worker.media.Track;
import io.storyreel.worker.render.RenderResult.CaptionFiles;
import io.storyreel.worker.render.RenderResult.Poster;
import io.storyreel.worker.render.RenderResult.Video;
import io.storyreel.worker.render.Verify.Verified;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** The sixth stage: the video, its poster and its captions go to the object store. */
@ApplicationScoped
class Store {
    /** The poster shows the first scene in full, after its transition. */
    private static final int POSTER_FRAMES_PER_SCENE = 2;

    private final Composer composer;

    Store(Composer composer) {
        this.composer = composer;
    }

    Uni<RenderResult> store(Render render, ScenePlan plan, Verified verified) {
        MediaFile media = verified.media();
        return RenderFiles.blocking(() -> description(render, media))
                .call(video -> render.files().keep(video.key(), media.file(), video.mediaType()))
                .chain(video -> poster(render, plan, media).chain(poster -> captions(render, plan.captions())
                        .map(captions -> new RenderResult(video, poster, captions, verified.warnings()))));
    }

    private static Video description(Render render, MediaFile media) throws IOException {
        Track.Video picture = media.video().orElseThrow();
        OutputFormat format = render.storyboard().output().format();
        return new Video(
                render.key("video." + format.extension()),
                format.mediaType(),
                Files.size(media.file()),
                FileDigest.of(media.file()),
                media.length().toMillis() / 1000.0,
                picture.width(),
                picture.height());
    }

    private Uni<Poster> poster(Render render, ScenePlan plan, MediaFile media) {
        var first = plan.timeline().scenes().get(0);
        var moment = plan.timeline().time(first.frames() / POSTER_FRAMES_PER_SCENE);
        Path file = render.files().fresh("jpg");
        String key = render.key("poster.jpg");
        return composer.poster(media, moment, file)
                .chain(written -> render.files().keep(key, file, "image/jpeg"))
                .replaceWith(new Poster(key));
    }

    /** The item is null when nothing is said. */
    private static Uni<CaptionFiles> captions(Render render, List<Caption> captions) {
        if (captions.isEmpty()) {
            return Uni.createFrom().nullItem();
        }
        var files = new CaptionFiles(render.key("captions.srt"), render.key("captions.vtt"));
        return text(render, files.srt(), Captions.srt(captions), "application/x-subrip")
                .chain(() -> text(render, files.vtt(), Captions.vtt(captions), "text/vtt"))
                .replaceWith(files);
    }

    private static Uni<Path> text(Render render, String key, String text, String mediaType) {
        Path file = render.files().fresh("txt");
        return RenderFiles.blocking(() -> Files.writeString(file, text))
                .chain(written -> render.files().keep(key, written, mediaType));
    }
}
