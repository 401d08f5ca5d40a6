package io.storyreel.worker.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.stream.Collectors;

/**
 * The music's volume over time. It follows the planned voices instead of a side-chain compressor, whose depth depends
 * on how loud somebody speaks.
 */
final class Ducking {

    /** 12 dB as a factor. */
    private static final double DEPTH = Math.pow(10, -12 / 20.0);

    /** The drop takes 0.2 s in all, centred on the start of the voice. */
    private static final double ATTACK = 0.2;

    private static final double RELEASE = 0.4;

    /** Between voices closer than this the music stays down: coming up for a moment sounds restless. */
    private static final double SHORTEST_RISE = 1.0;

    private Ducking() {}

    private record Voiced(double from, double to) {}

    /** @return an expression over the time {@code t} in seconds */
    static String volume(Music music, Timeline timeline) {
        var plain = String.format(Locale.ROOT, "%.4f", music.volume());
        if (!music.duck() || timeline.voices().isEmpty()) {
            return plain;
        }
        // Each term rises from 0 to 1 before its voice and falls after it; they never overlap, so their sum is 0 to 1.
        var down = voiced(timeline).stream()
                .map(voice -> String.format(
                        Locale.ROOT,
                        "min(clip((t-%.3f)/%.3f,0,1),clip((%.3f-t)/%.3f,0,1))",
                        voice.from() - ATTACK / 2,
                        ATTACK,
                        voice.to() + RELEASE,
                        RELEASE))
                .collect(Collectors.joining("+"));
        return String.format(Locale.ROOT, "%s*pow(%.4f,%s)", plain, DEPTH, down);
    }

    private static List<Voiced> voiced(Timeline timeline) {
        var merged = new ArrayList<Voiced>();
        for (var voice : timeline.voices()) {
            double from = voice.start().toNanos() / 1e9;
            double to = voice.end().toNanos() / 1e9;
            int last = merged.size() - 1;
            if (last >= 0 && from - merged.get(last).to() < SHORTEST_RISE) {
                merged.set(last, new Voiced(merged.get(last).from(), to));
            } else {
                merged.add(new Voiced(from, to));
            }
        }
        return merged;
    }
}
