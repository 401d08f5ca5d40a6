package io.storyreel.local.simulator.media;

import io.storyreel.local.speech.OfflineReader;

import java.io.IOException;
import java.nio.file.Path;

/** Everything vendors make media with. */
public final class Studio implements AutoCloseable {

    private final MediaGate gate;
    private final Assets assets;
    private final ClipMaker clips;
    private final PictureMaker pictures;
    private final MovieMaker movies;
    private final Samples samples;
    private final VoiceMaker voices;

    /** @param directory for media and inputs; may be deleted when the simulator does not run */
    public Studio(Path ffmpeg, Path directory) throws IOException {
        gate = new MediaGate(ffmpeg);
        var store = new MediaStore(directory.resolve("media"), gate);
        assets = new Assets(directory.resolve("inputs"));
        clips = new ClipMaker(gate, store, assets);
        pictures = new PictureMaker(gate, store);
        movies = new MovieMaker(gate, store, assets);
        samples = new Samples(directory.resolve("samples"), gate);
        voices = new VoiceMaker(new OfflineReader(ffmpeg), new MediaStore(directory.resolve("voices"), gate));
    }

    public Assets assets() {
        return assets;
    }

    public ClipMaker clips() {
        return clips;
    }

    public PictureMaker pictures() {
        return pictures;
    }

    public MovieMaker movies() {
        return movies;
    }

    public Samples samples() {
        return samples;
    }

    public VoiceMaker voices() {
        return voices;
    }

    @Override
    public void close() {
        gate.close();
        voices.close();
    }
}
