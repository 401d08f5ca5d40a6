package io.storyreel.local.simulator.media;

import io.storyreel.local.simulator.task.Outcome;
import io.storyreel.local.simulator.task.Product;
import io.storyreel.local.simulator.task.WorkFailed;
import io.storyreel.local.speech.SpokenLine;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Makes whole videos: the pictures one after another, the lines spoken by the offline voice, the music under them. */
public final class MovieMaker {

    private static final double MOST_SPEEDUP = 1.15;

    private final MediaGate gate;
    private final MediaStore store;
    private final Assets assets;

    public MovieMaker(MediaGate gate, MediaStore store, Assets assets) {
        this.gate = gate;
        this.store = store;
        this.assets = assets;
    }

    /** Fails when an input cannot be had or used, or a line does not fit its slot even when it is sped up. */
    public CompletableFuture<Product> movie(Movie movie) {
        return gate.errand(() -> fetched(movie))
                .thenCompose(
                        held -> store.get(held.key(), held.format(), held.contentType(), target -> make(held, target)));
    }

    private Movie fetched(Movie movie) throws IOException, InterruptedException {
        var scenes = new ArrayList<Movie.Scene>();
        for (var scene : movie.scenes()) {
            scenes.add(new Movie.Scene(assets.fetched(scene.picture()), scene.seconds(), scene.fadesIn()));
        }
        var music = movie.music() == null
                ? null
                : new Movie.Music(
                        assets.fetched(movie.music().sound()),
                        movie.music().volume(),
                        movie.music().ducks());
        return new Movie(scenes, movie.lines(), music, movie.shortSide(), movie.format(), movie.fps(), movie.band());
    }

    private double make(Movie movie, Path target) throws IOException, InterruptedException {
        var scratch = Files.createTempDirectory(target.getParent(), "movie");
        try {
            var shape = new Framing.AsPicture(movie.shortSide())
                    .shape(file(movie.scenes().get(0).picture()));
            var band = scratch.resolve("band.png");
            movie.band().write(shape, band);
            gate.ffmpeg(new MovieGraph(movie, shape, band, spoken(movie, scratch)).arguments(target));
            return movie.seconds();
        } finally {
            try (var files = Files.list(scratch)) {
                for (var file : files.toList()) {
                    Files.delete(file);
                }
            }
            Files.delete(scratch);
        }
    }

    static Path file(Asset asset) {
        return ((Asset.Held) asset).file();
    }

    /** Lines as sound files with their places. */
    private static List<MovieGraph.Spoken> spoken(Movie movie, Path scratch) throws IOException, InterruptedException {
        var spoken = new ArrayList<MovieGraph.Spoken>();
        var at = 0.0;
        for (var line : movie.lines()) {
            var sound = SpokenLine.of(line.text(), line.voice());
            var speed = line.slot() == 0 ? 1 : Math.max(1, sound.seconds() / line.slot());
            if (speed > MOST_SPEEDUP) {
                throw new WorkFailed(
                        Outcome.Failure.TOO_LONG,
                        "line " + (spoken.size() + 1) + " takes " + Math.round(sound.seconds() * 10) / 10.0
                                + " s, its slot is " + line.slot() + " s");
            }
            var file = scratch.resolve(spoken.size() + ".wav");
            Files.write(file, sound.wav());
            spoken.add(new MovieGraph.Spoken(file, at, sound.seconds() / speed, speed));
            at += line.slot() == 0 ? sound.seconds() : line.slot();
        }
        return spoken;
    }
}
