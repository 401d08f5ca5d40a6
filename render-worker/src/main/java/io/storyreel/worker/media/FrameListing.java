package io.storyreel.worker.media;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Reads ffmpeg's {@code framecrc} output, the form in which it lists a file's packets for programs: {@code #key stream:
 * value} headers, then {@code stream, dts, pts, duration, size, checksum}. Pixel formats appear only in the log's
 * {@code Stream #0:0: Video: h264 (High), yuv420p(tv, bt709), …} line.
 *
 * <p>The list and the log come from two threads.
 */
final class FrameListing {

    private static final Pattern HEADER = Pattern.compile("#(\\w+) (\\d+): *(\\S+).*");
    private static final Pattern LOGGED_VIDEO =
            Pattern.compile("\\s*Stream #0:(\\d+).*?: Video: .*?, ((?:yuv|rgb|gbr|gray|bgr|argb|nv|pal)\\w*).*");

    private final Map<Integer, Listed> streams = new TreeMap<>();
    private boolean inputDescribed;

    synchronized void line(String line) {
        if (line.startsWith("#")) {
            Matcher header = HEADER.matcher(line);
            if (header.matches()) {
                stream(header.group(2)).headers.put(header.group(1), header.group(3));
            }
            return;
        }
        String[] fields = line.split(",");
        if (fields.length >= 6) {
            var listed = stream(fields[0].strip());
            listed.frames++;
            listed.bytes += number(fields[4]);
            listed.end = Math.max(listed.end, number(fields[2]) + number(fields[3]));
        }
    }

    synchronized void log(String line) {
        inputDescribed |= line.startsWith("Output #0");
        Matcher video = LOGGED_VIDEO.matcher(line);
        if (!inputDescribed && video.matches()) {
            stream(video.group(1)).headers.put("pixel_format", video.group(2));
        }
    }

    synchronized List<Track> tracks() {
        var tracks = new ArrayList<Track>();
        for (var listed : streams.values()) {
            switch (listed.header("media_type")) {
                case "video" -> tracks.add(listed.video());
                case "audio" -> tracks.add(listed.sound());
                default -> {}
            }
        }
        tracks.sort(Comparator.comparing(track -> track instanceof Track.Sound));
        return tracks;
    }

    private Listed stream(String index) {
        return streams.computeIfAbsent(Integer.parseInt(index), unused -> new Listed());
    }

    private static long number(String field) {
        return Long.parseLong(field.strip());
    }

    private static final class Listed {

        private final Map<String, String> headers = new TreeMap<>();
        private long frames;
        private long bytes;
        private long end;

        String header(String key) {
            return headers.getOrDefault(key, "");
        }

        Track.Video video() {
            String[] size = header("dimensions").split("x");
            return new Track.Video(
                    header("codec_id"),
                    length(),
                    Integer.parseInt(size[0]),
                    Integer.parseInt(size[1]),
                    frames,
                    header("pixel_format"),
                    bytes);
        }

        Track.Sound sound() {
            return new Track.Sound(header("codec_id"), length(), Integer.parseInt(header("sample_rate")));
        }

        private Duration length() {
            String[] base = header("tb").split("/");
            return Duration.ofNanos(Math.round(end * 1e9 * Long.parseLong(base[0]) / Long.parseLong(base[1])));
        }
    }
}
