package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storyboard.AssetReference;
import io.storyreel.worker.fetch.AssetFetcher;
import io.storyreel.worker.fetch.FetchSettings;
import io.storyreel.worker.fetch.FetchedFile;
import io.storyreel.worker.media.Audio;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.Picture;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.NeededFiles;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Function;

/**
 * Brings in one file that a storyboard names, by address or by reference, and makes sure that it is what it should be.
 * Fetched files are put into the object store under their digest.
 */
@ApplicationScoped
class SourceFiles {
    private final AssetFetcher fetcher;
    private final FetchSettings limits;
    private final MediaProbe probe;
    private final NeededFiles needed;

    SourceFiles(AssetFetcher fetcher, FetchSettings limits, MediaProbe probe, NeededFiles needed) {
        this.fetcher = fetcher;
        this.limits = limits;
        this.probe = probe;
        this.needed = needed;
    }

    /** @param field the path of the address in the storyboard, for messages */
    Uni<PreparedImage> image(Render render, String field, String url) {
        Uni<PreparedImage> image = AssetReference.isOne(url)
                ? held(render, field, url, "unusable_image").chain(key -> render.files()
                        .file(key)
                        .chain(probe::picture)
                        .map(found -> PreparedImage.of(url, key, found)))
                : fetched(render, url, limits.mostImageBytes().asLongValue())
                        .chain(file -> probe.picture(file.path()).chain(picture -> kept(render, url, file, picture)));
        return image.onFailure().transform(failure -> RenderFailures.ofFile("unusable_image", field, failure));
    }

    Uni<PreparedSound> music(Render render, String field, String url) {
        Uni<PreparedSound> music = AssetReference.isOne(url)
                ? held(render, field, url, "unusable_music")
                        .chain(key ->
                                render.files().file(key).chain(probe::audio).map(found -> PreparedSound.of(key, found)))
                : fetched(render, url, limits.mostMusicBytes().asLongValue())
                        .chain(file -> probe.audio(file.path()).chain(audio -> kept(render, file, audio)));
        return music.onFailure().transform(failure -> RenderFailures.ofFile("unusable_music", field, failure));
    }

    private Uni<String> held(Render render, String field, String url, String code) {
        String key = ObjectKeys.asset(AssetReference.parse(url));
        return used(render, key)
                .chain(() -> render.files().file(key))
                .replaceWith(key)
                .onFailure(ObjectMissingException.class)
                .transform(gone ->
                        JobFailure.lasting(code, field + ": the uploaded file is not there any more: upload it again"));
    }

    private Uni<FetchedFile> fetched(Render render, String url, long mostBytes) {
        return fetcher.fetch(url, render.files().fresh("download"), mostBytes);
    }

    private Uni<PreparedImage> kept(Render render, String url, FetchedFile file, Picture picture) {
        String extension = picture.format().extension();
        return kept(render, file, extension, picture.format().mediaType(), key -> PreparedImage.of(url, key, picture));
    }

    private Uni<PreparedSound> kept(Render render, FetchedFile file, Audio audio) {
        String extension = PreparedSound.extension(audio.format());
        return kept(
                render, file, extension, PreparedSound.mediaType(audio.format()), key -> PreparedSound.of(key, audio));
    }

    private <T> Uni<T> kept(
            Render render, FetchedFile file, String extension, String mediaType, Function<String, T> prepared) {
        String key = ObjectKeys.content(file.sha256(), extension);
        Path path = file.path();
        return used(render, key)
                .chain(() -> render.files().keep(key, path, mediaType))
                .map(kept -> prepared.apply(key));
    }

    private Uni<Void> used(Render render, String key) {
        return needed.by(render.run().job().id(), List.of(key));
    }
}
