package io.storyreel.worker.media;

import io.smallrye.mutiny.Multi;
import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.DoubleConsumer;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/**
 * Makes the video: the sound is mixed and measured first, which takes a hundredth of the video's length, then one
 * ffmpeg run makes the picture and writes the file (several, where there are too many scenes: see {@link Segment}). Every video has a sound stream, silent if need be: several players
 * and most platforms that take uploads stumble over files without one.
 */
@ApplicationScoped
public class Composer {

    /** Share of the progress that belongs to the sound. */
    private static final double SOUND_SHARE = 0.05;

    private final Ffmpeg ffmpeg;
    private final FfmpegConfig config;

    public Composer(Ffmpeg ffmpeg, FfmpegConfig config) {
        this.ffmpeg = ffmpeg;
        this.config = config;
    }

    /**
     * Writes the video.
     *
     * @param scratch an existing directory for working files, cleared of them at the end
     * @param output the file to write, overwritten
     * @param progress told 0 to 1
     */
    public Uni<Composed> compose(Composition composition, Path scratch, Path output, DoubleConsumer progress) {
        return onWorker(() -> Workbench.lay(scratch, composition)).chain(bench -> mix(composition, bench, progress)
                .chain(mixed -> Levelling.find(mixed, filters -> loudness(bench, filters)))
                .chain(levelling -> render(composition, bench, levelling, output, progress))
                .onItemOrFailure()
                .call(() -> onWorker(() -> {
                    bench.clear();
                    return bench;
                })));
    }

    /** Writes one frame as a JPEG. */
    public Uni<Path> poster(MediaFile video, Duration at, Path output) {
        var arguments = new ArrayList<String>();
        arguments.addAll(List.of("-ss", seconds(at)));
        arguments.addAll(new LocalFile(video.container().demuxer(), video.file()).asInput());
        arguments.addAll(List.of(
                "-map",
                "0:v:0",
                "-frames:v",
                "1",
                "-vf",
                Encoding.JPEG_COLOURS,
                "-q:v",
                "3",
                "-c:v",
                "mjpeg",
                "-f",
                "mjpeg",
                "file:" + output.toAbsolutePath()));
        return ffmpeg.run(FfmpegCommand.encode(
                        arguments, directory(output), config.probeDeadline(), Duration.ofSeconds(1), part -> {}))
                .replaceWith(output);
    }

    private Uni<Loudness> mix(Composition composition, Workbench bench, DoubleConsumer progress) {
        var meter = new Loudness.Meter();
        var arguments = List.of(
                "-filter_complex",
                SoundGraph.of(composition) + ";[" + SoundGraph.OUTPUT + "]" + Loudness.Meter.FILTER + "[mix]",
                "-map",
                "[mix]",
                "-c:a",
                "pcm_f32le",
                "-f",
                "wav",
                "mix.wav");
        var command = new FfmpegCommand(
                arguments,
                bench.directory(),
                config.composeDeadline(),
                "info",
                new FfmpegCommand.Progress(
                        composition.timeline().length(), part -> progress.accept(part * SOUND_SHARE)),
                meter::log);
        return ffmpeg.run(command).map(result -> meter.reading());
    }

    private Uni<Loudness> loudness(Workbench bench, String filters) {
        var meter = new Loudness.Meter();
        var arguments = new ArrayList<>(new LocalFile("wav", bench.mix()).asInput());
        arguments.addAll(List.of("-af", filters + "," + Loudness.Meter.FILTER, "-f", "null", "-"));
        return ffmpeg.run(FfmpegCommand.measure(
                        arguments, bench.directory(), config.probeDeadline(), line -> {}, meter::log))
                .map(result -> meter.reading());
    }

    private Uni<Composed> render(
            Composition composition, Workbench bench, Levelling levelling, Path output, DoubleConsumer progress) {
        var segments = Segment.of(composition, config.sceneMemory().asLongValue());
        var sound = new ArrayList<>(levelling.arguments());
        sound.addAll(Encoding.sound(composition.container()));
        if (segments.size() == 1) {
            return picture(composition, bench, segments.get(0), sound, output, progress)
                    .map(elapsed -> new Composed(output, elapsed));
        }
        return Multi.createFrom()
                .iterable(segments)
                .onItem()
                .transformToUniAndConcatenate(
                        segment -> picture(composition, bench, segment, List.of(), bench.segment(segment), progress))
                .collect()
                .with(Collectors.reducing(Duration.ZERO, Duration::plus))
                .call(() -> onWorker(() -> bench.listSegments(segments)))
                .chain(elapsed -> join(composition, bench, sound, output)
                        .map(joined -> new Composed(output, elapsed.plus(joined.elapsed()))));
    }

    /** @param sound how the mix is encoded beside the picture; empty to leave it out */
    private Uni<Duration> picture(
            Composition composition,
            Workbench bench,
            Segment segment,
            List<String> sound,
            Path output,
            DoubleConsumer progress) {
        var timeline = composition.timeline();
        var arguments = new ArrayList<String>();
        arguments.addAll(sound.isEmpty() ? List.of() : new LocalFile("wav", bench.mix()).asInput());
        arguments.addAll(List.of("-filter_complex", PictureGraph.of(composition, segment)));
        arguments.addAll(List.of("-map", "[" + PictureGraph.OUTPUT + "]"));
        arguments.addAll(sound.isEmpty() ? List.of() : List.of("-map", "0:a:0"));
        arguments.addAll(sound);
        arguments.addAll(Encoding.picture(composition.container(), timeline.framesPerSecond(), config));
        arguments.addAll(Encoding.file(composition.container(), output));
        double done = (double) timeline.scenes().get(segment.from()).startFrame() / timeline.frames();
        double share = (double) segment.frames(timeline) / timeline.frames();
        return ffmpeg.run(FfmpegCommand.encode(
                        arguments,
                        bench.directory(),
                        config.composeDeadline(),
                        timeline.time(segment.frames(timeline)),
                        part -> progress.accept(SOUND_SHARE + (done + part * share) * (1 - SOUND_SHARE))))
                .map(FfmpegResult::elapsed);
    }

    private Uni<FfmpegResult> join(Composition composition, Workbench bench, List<String> sound, Path output) {
        var arguments = new ArrayList<>(new LocalFile("concat", bench.segmentList()).asInput());
        arguments.addAll(new LocalFile("wav", bench.mix()).asInput());
        arguments.addAll(List.of("-map", "0:v:0", "-c:v", "copy", "-map", "1:a:0"));
        arguments.addAll(sound);
        arguments.addAll(Encoding.file(composition.container(), output));
        return ffmpeg.run(FfmpegCommand.encode(
                arguments,
                bench.directory(),
                config.composeDeadline(),
                composition.timeline().length(),
                part -> {}));
    }

    private static <T> Uni<T> onWorker(Supplier<T> work) {
        return Uni.createFrom().item(work).runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }

    private static Path directory(Path file) {
        return file.toAbsolutePath().getParent();
    }

    private static String seconds(Duration duration) {
        return String.format(Locale.ROOT, "%.6f", duration.toNanos() / 1e9);
    }
}
