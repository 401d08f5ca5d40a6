package io.storyreel.worker.media;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/**
 * What an ffmpeg build can do, compared with what Storyreel needs.
 *
 * @param version as the program names it
 * @param missing filters and encoders it was built without
 */
public record FfmpegInventory(String version, List<String> missing) {

    private static final List<String> FILTERS = List.of(
            "movie",
            "amovie",
            "perspective",
            "xfade",
            "overlay",
            "scale",
            "gblur",
            "tpad",
            "ass",
            "ebur128",
            "alimiter",
            "amix",
            "atempo",
            "silencedetect",
            "blackdetect");
    private static final List<String> ENCODERS = List.of("libx264", "aac", "libvpx-vp9", "libopus", "mjpeg");

    public FfmpegInventory {
        missing = List.copyOf(missing);
    }

    public boolean complete() {
        return missing.isEmpty();
    }

    /** Reads the output of {@code -version}, {@code -filters} and {@code -encoders}, one after another. */
    static final class Reader {

        private static final String VERSION = "ffmpeg version ";

        private final Set<String> names = new HashSet<>();
        private String version = "unknown";

        void line(String line) {
            if (line.startsWith(VERSION)) {
                version = line.substring(VERSION.length()).split(" ")[0];
            }
            // " TSC overlay  VV->V  …" and " V..... libx264  …": the name is the second word.
            secondWord(line).ifPresent(names::add);
        }

        FfmpegInventory inventory() {
            var missing = new ArrayList<String>();
            Stream.concat(FILTERS.stream(), ENCODERS.stream())
                    .filter(name -> !names.contains(name))
                    .forEach(missing::add);
            return new FfmpegInventory(version, missing);
        }

        private static Optional<String> secondWord(String line) {
            var words = line.strip().split("\\s+", 3);
            return words.length > 1 ? Optional.of(words[1]) : Optional.empty();
        }
    }
}
