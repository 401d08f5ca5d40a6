package io.storyreel.worker.media;

import io.smallrye.mutiny.Uni;

import java.util.List;
import java.util.Locale;
import java.util.function.Function;

/**
 * Brings a mix to the loudness of the web, -16 LUFS: one gain for the whole, so that nothing pumps, and a limiter for
 * the peaks. The limiter takes loudness away where it works, so the result is measured and the gain corrected.
 *
 * @param gain dB
 */
record Levelling(double gain) {

    static final double TARGET = -16;

    /** Below full scale by 2 dB, room for what lies between the samples and for the lossy encoder. */
    private static final double CEILING = -2;

    private static final double CLOSE_ENOUGH = 0.4;
    private static final int ROUNDS = 4;

    /** Noise that somebody recorded at -60 LUFS is not to be lifted to full loudness. */
    private static final double MOST_GAIN = 35;

    /**
     * Finds the gain for a mix.
     *
     * @param mix as measured without gain
     * @param measure measures the mix behind the filters it is given
     */
    static Uni<Levelling> find(Loudness mix, Function<String, Uni<Loudness>> measure) {
        if (!mix.measurable()) {
            return Uni.createFrom().item(new Levelling(0));
        }
        var first = new Levelling(bounded(TARGET - mix.integrated()));
        boolean limiterRests = mix.peak() + first.gain() <= CEILING;
        return limiterRests ? Uni.createFrom().item(first) : first.refine(measure, ROUNDS);
    }

    List<String> arguments() {
        return List.of("-af", filters());
    }

    String filters() {
        return String.format(
                Locale.ROOT,
                "volume=%.3fdB:precision=float,alimiter=limit=%.5f:attack=5:release=80:level=false",
                gain,
                Math.pow(10, CEILING / 20));
    }

    private Uni<Levelling> refine(Function<String, Uni<Loudness>> measure, int rounds) {
        return measure.apply(filters()).chain(result -> {
            double missing = TARGET - result.integrated();
            boolean done = Math.abs(missing) <= CLOSE_ENOUGH || rounds == 1 || !result.measurable();
            return done
                    ? Uni.createFrom().item(this)
                    : new Levelling(bounded(gain + missing * 1.3)).refine(measure, rounds - 1);
        });
    }

    private static double bounded(double gain) {
        return Math.max(-MOST_GAIN, Math.min(MOST_GAIN, gain));
    }
}
