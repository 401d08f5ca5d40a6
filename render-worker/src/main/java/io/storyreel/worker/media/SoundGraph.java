package io.storyreel.worker.media;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The filter graph of the sound: the voices one after another, each on its sample, and the music under them. Voices
 * never overlap, so they are joined rather than mixed: a hundred of them cost no more than one.
 */
final class SoundGraph {

    static final String OUTPUT = "sound";
    static final String MUSIC_NAME = "music";

    private static final String NORMAL_FORM =
            "aresample=%1$d,aformat=sample_fmts=fltp:channel_layouts=stereo".formatted(Timeline.SAMPLE_RATE);
    private static final String SILENCE =
            "anullsrc=sample_rate=%d:channel_layout=stereo".formatted(Timeline.SAMPLE_RATE);

    private final Composition composition;
    private final long samples;
    private final List<String> chains = new ArrayList<>();

    private SoundGraph(Composition composition) {
        this.composition = composition;
        this.samples = composition.timeline().samples();
    }

    static String of(Composition composition) {
        var graph = new SoundGraph(composition);
        graph.build();
        return String.join(";", graph.chains);
    }

    static String voiceName(int position) {
        return "voice-" + position;
    }

    private void build() {
        boolean voices = !composition.voices().isEmpty();
        boolean music = composition.music() != null;
        if (voices) {
            voices();
        }
        if (music) {
            music(composition.music());
        }
        var source = voices && music
                ? "[voice][music]amix=inputs=2:duration=longest:normalize=0"
                : voices ? "[voice]anull" : music ? "[music]anull" : SILENCE;
        chains.add(source + "," + exactly(samples) + "[" + OUTPUT + "]");
    }

    private void voices() {
        var timed = composition.timeline().voices();
        var inputs = new StringBuilder();
        int parts = 0;
        long lead = timed.get(0).startSample();
        if (lead > 0) {
            chains.add(SILENCE + ",atrim=end_sample=" + lead + "[lead]");
            inputs.append("[lead]");
            parts++;
        }
        for (int k = 0; k < timed.size(); k++) {
            long end = k + 1 < timed.size() ? timed.get(k + 1).startSample() : samples;
            chains.add(voice(k, timed.get(k), end - timed.get(k).startSample()));
            inputs.append("[v").append(k).append(']');
            parts++;
        }
        chains.add(inputs + "concat=n=" + parts + ":v=0:a=1[voice]");
    }

    private String voice(int position, TimedVoice timed, long length) {
        var audio = composition.voices().get(position);
        var tempo = timed.tempo() > 1 ? String.format(Locale.ROOT, "atempo=%.6f,", timed.tempo()) : "";
        return String.format(
                Locale.ROOT,
                "amovie=filename=%s:format_name=%s,%s,asetpts=N/SR/TB,atrim=start=%.6f:end=%.6f,asetpts=N/SR/TB,%s%s[v%d]",
                voiceName(position),
                audio.format().demuxer(),
                NORMAL_FORM,
                audio.soundingFrom().toNanos() / 1e9,
                audio.soundingTo().toNanos() / 1e9,
                tempo,
                exactly(length),
                position);
    }

    private void music(Music music) {
        double length = (double) samples / Timeline.SAMPLE_RATE;
        double fade = Math.min(1, length / 2);
        // Short frames, because the volume changes from frame to frame: 5 ms steps are not heard.
        chains.add(String.format(
                Locale.ROOT,
                "amovie=filename=%s:format_name=%s:loop=0,%s,asetpts=N/SR/TB,%s,asetnsamples=n=240:p=0,"
                        + "volume=eval=frame:precision=float:volume='%s',afade=type=out:start_time=%.6f:duration=%.6f[music]",
                MUSIC_NAME,
                music.audio().format().demuxer(),
                NORMAL_FORM,
                exactly(samples),
                Ducking.volume(music, composition.timeline()),
                length - fade,
                fade));
    }

    private static String exactly(long samples) {
        return "apad=whole_len=%1$d,atrim=end_sample=%1$d,asetpts=N/SR/TB".formatted(samples);
    }
}
