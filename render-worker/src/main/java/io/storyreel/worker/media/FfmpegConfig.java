package io.storyreel.worker.media;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How ffmpeg is found and bounded. */
@ConfigMapping(prefix = "storyreel.ffmpeg")
public interface FfmpegConfig {

    /** The ffmpeg program: a path, or a name looked up on {@code PATH}. Version 4.4 or newer. */
    @WithDefault("${STORYREEL_FFMPEG:ffmpeg}")
    String path();

    /** How many ffmpeg processes run at the same time; 0 means one per core. Others wait in order, without a thread. */
    @WithDefault("0")
    int parallel();

    /**
     * Address space one process may use, where the system has {@code prlimit} (util-linux); 0 means no bound.
     * Composing 4k video takes about 3 GB of it.
     */
    @WithDefault("8G")
    MemorySize memory();

    /** What the scenes of one run may take together; videos that need more are made in several runs and joined. */
    @WithDefault("700M")
    MemorySize sceneMemory();

    /** How long a process that was asked to end may take before it is killed. */
    @WithDefault("2s")
    Duration stopGrace();

    /** The longest a measurement of one file (length, loudness, black frames) may take. */
    @WithDefault("2m")
    Duration probeDeadline();

    /** The longest the composition of one video may take, waiting for a core not counted. */
    @WithDefault("1h")
    Duration composeDeadline();

    /** x264's preset: slower ones give smaller files. One of ultrafast … veryslow. */
    @WithDefault("veryfast")
    String x264Preset();

    /** x264's constant rate factor, 0 (lossless) to 51; 20 is hard to tell from the original. */
    @WithDefault("20")
    int x264Crf();

    /** VP9's speed in its realtime-free "good" mode, 0 (slow) to 8. */
    @WithDefault("5")
    int vp9Speed();

    /** VP9's constant quality, 0 to 63. */
    @WithDefault("32")
    int vp9Crf();
}
