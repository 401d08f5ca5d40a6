package io.storyreel.worker.media;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Says what a file holds, by reading all of it with ffmpeg. Fails with {@link UnreadableMediaException} where the file
 * is to blame, and with another {@link FfmpegException} where it is not.
 */
@ApplicationScoped
public class MediaProbe {

    /** Larger pictures are refused: one decoded takes 4 bytes a pixel. */
    static final int MAX_PIXELS = 100_000_000;

    /** Of the longer side to the shorter: what is narrower has no pixel left on one side when it is fitted in. */
    static final int MOST_ELONGATED = 50;

    private static final Duration LONGEST_PACKET = Duration.ofMillis(50);

    private static final int HEAD = 65_536 + 4_096;

    private final Ffmpeg ffmpeg;
    private final FfmpegConfig config;

    public MediaProbe(Ffmpeg ffmpeg, FfmpegConfig config) {
        this.ffmpeg = ffmpeg;
        this.config = config;
    }

    /** Decodes a JPEG, PNG or WebP of at most 100 megapixels, no side more than 50 times as long as the other. */
    public Uni<Picture> picture(Path file) {
        return head(file).chain(head -> {
            var format = PictureFormat.of(head)
                    .orElseThrow(() -> new UnreadableMediaException("is not a JPEG, PNG or WebP picture"));
            int orientation = format == PictureFormat.JPEG ? ExifOrientation.of(head) : ExifOrientation.UPRIGHT;
            return decode(file, format).map(size -> turned(file, format, size, orientation));
        });
    }

    /** Decodes an MP3, AAC, M4A, WAV, FLAC or Ogg file to its end. */
    public Uni<Audio> audio(Path file) {
        return head(file).chain(head -> {
            var format = AudioFormat.of(head)
                    .orElseThrow(() -> new UnreadableMediaException("is not an MP3, AAC, WAV, FLAC or Ogg sound file"));
            return decode(file, format);
        });
    }

    /** Decodes a video file to its end. Reading the packets alone does not tell that some of their bytes are wrong. */
    public Uni<Void> plays(Path file) {
        return head(file).chain(head -> {
            var container = container(head);
            var arguments = reading(container.demuxer(), file, "-map", "0:v:0", "-map", "0:a?", "-f", "null", "-");
            return measure(file, arguments, line -> {}, line -> {}, result -> null);
        });
    }

    /** Reads every packet of a video file, so that one that was cut off fails. */
    public Uni<MediaFile> media(Path file) {
        return head(file).chain(head -> {
            var container = container(head);
            var listing = new FrameListing();
            var arguments = reading(container.demuxer(), file, "-map", "0", "-c", "copy", "-f", "framecrc", "-");
            return measure(file, arguments, listing::line, listing::log, result -> {
                var tracks = listing.tracks();
                if (tracks.isEmpty()) {
                    throw new UnreadableMediaException("has neither picture nor sound");
                }
                return new MediaFile(file, container, tracks);
            });
        });
    }

    /** Measures the loudness of the first sound track of a media file. */
    public Uni<Loudness> loudness(Path file, Container container) {
        return loudness(file, container.demuxer());
    }

    Uni<Loudness> loudness(Path file, String demuxer) {
        var meter = new Loudness.Meter();
        var arguments = reading(demuxer, file, "-map", "0:a:0", "-af", Loudness.Meter.FILTER, "-f", "null", "-");
        return measure(file, arguments, line -> {}, meter::log, result -> meter.reading());
    }

    /** Decodes both streams to the end and tells where the picture is black and where the sound is silent. */
    public Uni<Darkness> darkness(MediaFile media) {
        var spans = new Darkness.Meter();
        var arguments = reading(media.container().demuxer(), media.file(), "-map", "0:v:0");
        arguments.addAll(List.of("-vf", Darkness.Meter.FILTER));
        if (media.sound().isPresent()) {
            arguments.addAll(List.of("-map", "0:a:0", "-af", SoundSpan.FILTER));
        }
        arguments.addAll(List.of("-f", "null", "-"));
        return measure(media.file(), arguments, line -> {}, spans::log, result -> spans.reading(media.length()));
    }

    private Uni<Track.Video> decode(Path file, PictureFormat format) {
        var listing = new FrameListing();
        var complaints = new ArrayList<String>();
        // Newer versions turn a JPEG as its EXIF says, which would then be done twice: see turned().
        var input = new LocalFile(format.demuxer(), file)
                .asInput("-noautorotate", "-max_pixels", Integer.toString(MAX_PIXELS));
        var arguments = new ArrayList<>(List.of("-xerror"));
        arguments.addAll(input);
        arguments.addAll(List.of("-map", "0:v:0", "-frames:v", "1", "-f", "framecrc", "-"));
        var command = new FfmpegCommand(
                arguments,
                file.toAbsolutePath().getParent(),
                config.probeDeadline(),
                "error",
                new FfmpegCommand.Lines(listing::line),
                complaints::add);
        return blameFile(ffmpeg.run(command)).map(result -> {
            // A JPEG that was cut off decodes to a half grey picture with exit code 0; only the log tells.
            if (!complaints.isEmpty()) {
                throw new UnreadableMediaException("is damaged or cut off: " + complaints.get(0));
            }
            return listing.tracks().stream()
                    .filter(Track.Video.class::isInstance)
                    .map(Track.Video.class::cast)
                    .filter(video -> video.frames() > 0)
                    .findFirst()
                    .map(MediaProbe::notTooElongated)
                    .orElseThrow(() -> new UnreadableMediaException("holds no picture"));
        });
    }

    private static Track.Video notTooElongated(Track.Video size) {
        long shorter = Math.min(size.width(), size.height());
        if (Math.max(size.width(), size.height()) > MOST_ELONGATED * shorter) {
            throw new UnreadableMediaException("is a picture of " + size.width() + " x " + size.height()
                    + " pixels, but no side may be more than " + MOST_ELONGATED
                    + " times as long as the other: crop it, or use another picture");
        }
        return size;
    }

    private Uni<Audio> decode(Path file, AudioFormat format) {
        var listing = new FrameListing();
        var sound = new SoundSpan();
        var arguments = reading(
                format.demuxer(),
                file,
                "-map",
                "0:a:0",
                "-af",
                SoundSpan.FILTER,
                "-c:a",
                "pcm_s16le",
                "-f",
                "framecrc",
                "-");
        return measure(file, arguments, listing::line, sound::log, result -> {
            var length = listing.tracks().stream()
                    .findFirst()
                    .map(Track::length)
                    .filter(found -> !found.isZero())
                    .orElseThrow(() -> new UnreadableMediaException("holds no sound"));
            var silences = sound.silences(length);
            var from = Duration.ZERO;
            var to = length;
            if (!silences.isEmpty() && silences.get(0).from().isZero()) {
                from = silences.get(0).to();
            }
            if (!silences.isEmpty() && reaches(silences.get(silences.size() - 1), length)) {
                to = silences.get(silences.size() - 1).from();
            }
            return from.compareTo(to) < 0
                    ? new Audio(file, format, length, from, to)
                    : new Audio(file, format, length, length, length);
        });
    }

    /** The length is counted in packets and the silence in samples, which may differ by a packet. */
    private static boolean reaches(Span silence, Duration end) {
        return silence.to().plus(LONGEST_PACKET).compareTo(end) >= 0;
    }

    private <T> Uni<T> measure(
            Path file,
            List<String> arguments,
            Consumer<String> stdout,
            Consumer<String> log,
            Function<FfmpegResult, T> reading) {
        var command = FfmpegCommand.measure(
                arguments, file.toAbsolutePath().getParent(), config.probeDeadline(), stdout, log);
        return blameFile(ffmpeg.run(command)).map(reading);
    }

    /** What ffmpeg says of it is not for users: it names files of ours. */
    private static <T> Uni<T> blameFile(Uni<T> run) {
        return run.onFailure(FfmpegFailedException.class)
                .transform(failure -> new UnreadableMediaException("is damaged or cut off", failure));
    }

    private static ArrayList<String> reading(String demuxer, Path file, String... rest) {
        var arguments = new ArrayList<>(List.of("-xerror"));
        arguments.addAll(new LocalFile(demuxer, file).asInput());
        arguments.addAll(List.of(rest));
        return arguments;
    }

    private static Picture turned(Path file, PictureFormat format, Track.Video size, int orientation) {
        boolean sideways = orientation >= 5;
        return new Picture(
                file,
                format,
                sideways ? size.height() : size.width(),
                sideways ? size.width() : size.height(),
                orientation);
    }

    private static Container container(byte[] head) {
        return Container.of(head).orElseThrow(() -> new UnreadableMediaException("is not an MP4, MOV or WebM video"));
    }

    private static Uni<byte[]> head(Path file) {
        return Uni.createFrom()
                .item(() -> {
                    try (var stream = Files.newInputStream(file)) {
                        return stream.readNBytes(HEAD);
                    } catch (IOException e) {
                        throw new UncheckedIOException("cannot read " + file.getFileName(), e);
                    }
                })
                .runSubscriptionOn(Infrastructure.getDefaultWorkerPool());
    }
}
