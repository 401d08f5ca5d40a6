package io.storyreel.worker.media;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.export.ExportParameters;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleConsumer;

/** Makes another file of a finished video: of another size, bitrate, frame rate or format. */
@ApplicationScoped
public class Transcoder {
    private final Ffmpeg ffmpeg;
    private final FfmpegConfig config;

    public Transcoder(Ffmpeg ffmpeg, FfmpegConfig config) {
        this.ffmpeg = ffmpeg;
        this.config = config;
    }

    /** The size that the picture of this source gets; see {@link ExportFrame}. */
    public static Canvas canvas(Track.Video source, ExportParameters wanted) {
        return frame(source, wanted).canvas();
    }

    /**
     * Writes the file.
     *
     * @param source a video with a picture; its sound may be missing
     * @param aimKbps what the encoder is told to keep, which is not quite what it keeps
     * @param output the file to write, overwritten
     * @param deadline waiting for a core not counted
     * @param progress told 0 to 1
     */
    public Uni<FfmpegResult> transcode(
            MediaFile source,
            ExportParameters wanted,
            Container container,
            int aimKbps,
            Path output,
            Duration deadline,
            DoubleConsumer progress) {
        Track.Video picture = source.video().orElseThrow();
        var arguments = new ArrayList<>(new LocalFile(source.container().demuxer(), source.file()).asInput());
        arguments.addAll(List.of("-map", "0:v:0", "-vf", frame(picture, wanted).filters() + ",format=yuv420p"));
        arguments.addAll(ExportEncoding.picture(container, wanted, aimKbps, picture.framesPerSecond(), config));
        if (source.sound().isPresent()) {
            arguments.addAll(List.of("-map", "0:a:0"));
            arguments.addAll(ExportEncoding.sound(container, wanted));
        }
        arguments.addAll(ExportEncoding.index(container, source.length()));
        arguments.addAll(Encoding.file(container, output));
        return ffmpeg.run(FfmpegCommand.encode(
                arguments, output.toAbsolutePath().getParent(), deadline, source.length(), progress));
    }

    private static ExportFrame frame(Track.Video source, ExportParameters wanted) {
        return ExportFrame.of(source.width(), source.height(), wanted.width(), wanted.height());
    }
}
