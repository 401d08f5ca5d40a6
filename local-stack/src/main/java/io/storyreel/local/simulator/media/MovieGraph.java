package io.storyreel.local.simulator.media;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/** The arguments by which ffmpeg makes a whole video in one run. */
record MovieGraph(Movie movie, Shape shape, Path band, List<Spoken> spoken) {

    /** 12 dB. */
    private static final double DUCKED = 0.251;

    private static final double FADE = 0.5;

    /**
     * A line that has been spoken.
     *
     * @param at second at which it begins
     * @param seconds as long as it will sound
     * @param speed by which it is sped up, 1 or a little more
     */
    record Spoken(Path file, double at, double seconds, double speed) {}

    List<String> arguments(Path target) {
        var arguments = new ArrayList<String>();
        movie.scenes()
                .forEach(scene -> arguments.addAll(
                        List.of("-i", MovieMaker.file(scene.picture()).toString())));
        arguments.addAll(List.of("-i", band.toString()));
        spoken.forEach(line -> arguments.addAll(List.of("-i", line.file().toString())));
        if (movie.music() != null) {
            arguments.addAll(List.of(
                    "-stream_loop",
                    "-1",
                    "-i",
                    MovieMaker.file(movie.music().sound()).toString()));
        }
        arguments.addAll(List.of("-filter_complex", picture() + ";" + sound(), "-map", "[v]", "-map", "[a]"));
        arguments.addAll(List.of("-t", number(movie.seconds()), "-r", Integer.toString(movie.fps())));
        arguments.addAll(
                movie.format().equals("webm")
                        ? List.of("-c:v", "libvpx-vp9", "-deadline", "realtime", "-cpu-used", "8", "-c:a", "libopus")
                        : List.of(
                                "-c:v",
                                "libx264",
                                "-preset",
                                "ultrafast",
                                "-crf",
                                "26",
                                "-c:a",
                                "aac",
                                "-movflags",
                                "+faststart"));
        arguments.add(target.toString());
        return arguments;
    }

    /** Each picture is decoded once; scenes are cut at whole frames, so that no error adds up. */
    private String picture() {
        var graph = new StringBuilder();
        var joined = new StringBuilder();
        var end = 0.0;
        var framesSoFar = 0L;
        for (var i = 0; i < movie.scenes().size(); i++) {
            var scene = movie.scenes().get(i);
            end += scene.seconds();
            var frames = Math.round(end * movie.fps()) - framesSoFar;
            framesSoFar += frames;
            graph.append(format(
                    "[%d:v]scale=%d:%d:force_original_aspect_ratio=decrease,pad=%d:%d:(ow-iw)/2:(oh-ih)/2,setsar=1,"
                            + "format=yuv420p,loop=loop=-1:size=1:start=0,setpts=N/(%d*TB),fps=%d,trim=end_frame=%d%s[s%d];",
                    i,
                    shape.width(),
                    shape.height(),
                    shape.width(),
                    shape.height(),
                    movie.fps(),
                    movie.fps(),
                    frames,
                    scene.fadesIn() ? format(",fade=t=in:d=%s", number(Math.min(FADE, scene.seconds() / 4))) : "",
                    i));
            joined.append("[s").append(i).append(']');
        }
        return graph.append(joined)
                .append(format("concat=n=%d:v=1:a=0[p];", movie.scenes().size()))
                .append(format(
                        "[p][%d:v]overlay=0:H-h,format=yuv420p[v]",
                        movie.scenes().size()))
                .toString();
    }

    private String sound() {
        var first = movie.scenes().size() + 1;
        var graph = new StringBuilder(
                format("anullsrc=r=48000:cl=stereo,atrim=duration=%s[silence]", number(movie.seconds())));
        var mixed = new StringBuilder("[silence]");
        for (var i = 0; i < spoken.size(); i++) {
            var line = spoken.get(i);
            var milliseconds = Math.round(line.at() * 1000);
            graph.append(format(
                    ";[%d:a]aresample=48000,aformat=channel_layouts=stereo,atempo=%s,adelay=%d|%d[l%d]",
                    first + i, number(line.speed()), milliseconds, milliseconds, i));
            mixed.append(format("[l%d]", i));
        }
        var music = movie.music();
        if (music != null) {
            graph.append(format(
                    ";[%d:a]aresample=48000,aformat=channel_layouts=stereo,atrim=duration=%s,volume='%s':eval=frame,"
                            + "afade=t=out:st=%s:d=1[m]",
                    first + spoken.size(),
                    number(movie.seconds()),
                    volume(music),
                    number(Math.max(0, movie.seconds() - 1))));
            mixed.append("[m]");
        }
        return graph.append(';')
                .append(mixed)
                .append(format(
                        "amix=inputs=%d:duration=first:normalize=0[a]", 1 + spoken.size() + (music == null ? 0 : 1)))
                .toString();
    }

    private String volume(Movie.Music music) {
        if (!music.ducks() || spoken.isEmpty()) {
            return number(music.volume());
        }
        var speaking = spoken.stream()
                .map(line -> format("between(t,%s,%s)", number(line.at()), number(line.at() + line.seconds())))
                .collect(Collectors.joining("+"));
        return format("%s*if(%s,%s,1)", number(music.volume()), speaking, number(DUCKED));
    }

    private static String number(double value) {
        return format("%.4f", value);
    }

    private static String format(String text, Object... values) {
        return String.format(Locale.ROOT, text, values);
    }
}
