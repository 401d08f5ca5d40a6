package artwork;

import java.io.IOException;
import java.nio.file.Path;

/** Three short pieces, one per sample, each a loop of whole bars. Chords are lists of keys, 60 being middle C. */
final class Music {

    private static final int BEATS_PER_BAR = 4;

    private Music() {}

    static void saveInto(Path folder) throws IOException {
        morning().saveWav(folder.resolve("product-teaser/music.wav"));
        fizz().saveWav(folder.resolve("vertical-short/music.wav"));
        horizon().saveWav(folder.resolve("photo-reel/music.wav"));
    }

    /** Calm and warm, 84 beats a minute: electric piano over soft drums. */
    private static Sound morning() {
        double beat = 60 / 84.0;
        int[][] chords = {
            {48, 64, 67, 71, 74}, {45, 60, 64, 67, 71}, {41, 57, 60, 64, 67}, {43, 57, 60, 62, 65},
            {52, 62, 67, 71, 74}, {45, 60, 64, 67, 72}, {50, 60, 65, 69, 72}, {43, 59, 62, 65, 69}
        };
        Sound dry = new Sound(chords.length * BEATS_PER_BAR * beat);
        Sound wet = new Sound(chords.length * BEATS_PER_BAR * beat);
        int[] melody = {79, 76, 74, 76, 72, 71, 67, 71, 72, 69, 67, 64, 65, 67, 69, 71};
        for (int bar = 0; bar < chords.length; bar++) {
            double start = bar * BEATS_PER_BAR * beat;
            int[] chord = chords[bar];
            for (int voice = 1; voice < chord.length; voice++) {
                double strummed = start + (voice - 1) * 0.022;
                wet.add(strummed, Instrument.piano(chord[voice], 3.6 * beat), 0.23, -0.5 + 0.25 * voice);
                wet.add(start + 2.5 * beat, Instrument.piano(chord[voice], 1.5 * beat), 0.13, 0.5 - 0.25 * voice);
                wet.add(start - 0.3, Instrument.pad(chord[voice], 4.6 * beat, 0.6), 0.22, 0.6 - 0.3 * voice);
            }
            wet.add(start + beat, Instrument.string(melody[2 * bar], 1.6, 0.35), 0.28, 0.25);
            wet.add(start + 3.5 * beat, Instrument.string(melody[2 * bar + 1], 1.6, 0.35), 0.22, -0.25);
            dry.add(start, Instrument.bass(chord[0] - 12, 2.3 * beat), 0.25, 0);
            dry.add(start + 2.5 * beat, Instrument.bass(chord[0] - 12, 1.2 * beat), 0.18, 0);
            softDrums(dry, start, beat);
        }
        dry.add(wet.echoed(beat * 0.75, 0.42, 0.26).hall(2.0, 0.55), 1);
        return dry.mastered(0.14);
    }

    private static void softDrums(Sound sound, double start, double beat) {
        sound.add(start, Instrument.kick(), 0.42, 0);
        sound.add(start + 2.5 * beat, Instrument.kick(), 0.30, 0);
        sound.add(start + beat, Instrument.clap(), 0.10, 0.1);
        sound.add(start + 3 * beat, Instrument.clap(), 0.12, -0.1);
        for (int eighth = 0; eighth < 8; eighth++) {
            double late = eighth % 2 == 1 ? 0.06 * beat : 0;
            sound.add(start + eighth * beat / 2 + late, Instrument.hat(0.022), eighth % 2 == 1 ? 0.09 : 0.045, 0.3);
        }
    }

    /** Bright and quick, 118 beats a minute: plucked strings in canon over four on the floor. */
    private static Sound fizz() {
        double beat = 60 / 118.0;
        int[][] chords = {{53, 65, 69, 72, 76}, {55, 67, 71, 74, 77}, {52, 64, 67, 71, 74}, {57, 64, 69, 72, 79}};
        int rounds = 3;
        int bars = rounds * chords.length;
        Sound dry = new Sound(bars * BEATS_PER_BAR * beat);
        Sound wet = new Sound(bars * BEATS_PER_BAR * beat);
        int[] pattern = {1, 3, 2, 4, 3, 2, 4, 3};
        for (int bar = 0; bar < bars; bar++) {
            double start = bar * BEATS_PER_BAR * beat;
            int[] chord = chords[bar % chords.length];
            for (int eighth = 0; eighth < 8; eighth++) {
                double at = start + eighth * beat / 2;
                int key = chord[pattern[eighth]];
                boolean lifted = bar / chords.length == 1 && eighth % 3 == 0;
                wet.add(at, Instrument.string(key + (lifted ? 12 : 0), 0.7, 0.6), 0.26, eighth % 2 == 0 ? -0.45 : 0.45);
                dry.add(at, Instrument.hat(eighth % 2 == 1 ? 0.045 : 0.016), eighth % 2 == 1 ? 0.15 : 0.08, 0.2);
                if (eighth % 2 == 1 || eighth == 0) {
                    dry.add(at, Instrument.bass(chord[0] - 12, 0.42 * beat), 0.38, 0);
                }
            }
            stabs(wet, chord, start, beat);
            for (int quarter = 0; quarter < BEATS_PER_BAR; quarter++) {
                dry.add(start + quarter * beat, Instrument.kick(), 0.62, 0);
                if (quarter % 2 == 1) {
                    dry.add(start + quarter * beat, Instrument.clap(), 0.30, 0);
                }
            }
        }
        dry.add(wet.echoed(beat * 0.75, 0.35, 0.22).hall(1.1, 0.35), 1);
        return dry.mastered(0.17);
    }

    private static void stabs(Sound sound, int[] chord, double start, double beat) {
        for (double at : new double[] {0, 1.5, 3}) {
            for (int voice = 1; voice < chord.length; voice++) {
                sound.add(start + at * beat, Instrument.piano(chord[voice], 0.8 * beat), 0.12, -0.4 + 0.2 * voice);
            }
        }
    }

    /** Wide and slow, 66 beats a minute: breathing strings, a harp, hardly a drum. */
    private static Sound horizon() {
        double beat = 60 / 66.0;
        int[][] chords = {
            {38, 57, 62, 66, 69, 76}, {43, 55, 62, 66, 71, 74}, {47, 54, 62, 66, 69, 73}, {45, 57, 61, 64, 69, 71},
            {43, 59, 62, 66, 69, 74}, {38, 57, 62, 66, 69, 78}, {40, 55, 59, 62, 66, 71}, {45, 57, 62, 64, 69, 73}
        };
        int[] harp = {1, 2, 3, 4, 5, 4, 3, 2};
        Sound dry = new Sound(chords.length * BEATS_PER_BAR * beat);
        Sound wet = new Sound(chords.length * BEATS_PER_BAR * beat);
        for (int bar = 0; bar < chords.length; bar++) {
            double start = bar * BEATS_PER_BAR * beat;
            int[] chord = chords[bar];
            for (int voice = 1; voice < chord.length; voice++) {
                wet.add(start - 0.8, Instrument.pad(chord[voice], BEATS_PER_BAR * beat + 1.6, 0.85), 0.24, -0.9 + 0.3 * voice);
            }
            for (int eighth = 0; eighth < harp.length; eighth++) {
                double human = 0.02 * Noise.hash(bar, eighth, 600);
                double volume = 0.14 + 0.05 * Noise.hash(bar, eighth, 601);
                double[] tone = Instrument.string(chord[harp[eighth]] + 12, 2.2, 0.22);
                wet.add(start + eighth * beat / 2 + human, tone, volume, Math.sin(eighth * 0.8) * 0.6);
            }
            dry.add(start, Instrument.bass(chord[0], 3.6 * beat), 0.34, 0);
            dry.add(start, Instrument.kick(), 0.22, 0);
            wet.add(start + 3 * beat, Instrument.hat(0.12), 0.035, 0.5);
        }
        dry.add(wet.echoed(beat * 0.75, 0.4, 0.2).hall(3.2, 0.8), 1);
        return dry.mastered(0.13);
    }
}
