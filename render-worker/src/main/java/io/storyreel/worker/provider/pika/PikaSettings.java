package io.storyreel.worker.provider.pika;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;
import io.smallrye.config.WithName;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;
import java.util.Set;

/** Clips made by Pika, which sells them through the queue of fal.ai. */
@ConfigMapping(prefix = "storyreel.pika")
public interface PikaSettings {

    /** Address of fal's queue. */
    @WithDefault("https://queue.fal.run")
    String url();

    /** fal's key, {@code id:secret}; without one the provider is not offered. */
    Optional<String> apiKey();

    /** How long one call may take, and the server may be silent. */
    @WithDefault("60s")
    Duration requestTimeout();

    /** Further hosts that the key may be sent to, if fal names them in its answers. */
    @WithDefault("queue.fal.run")
    Set<String> hosts();

    /** fal's name of the model: one that makes clips of 5 and 10 s from a picture. */
    @WithDefault("fal-ai/pika/v2.2/image-to-video")
    String model();

    /** {@code 720p} or {@code 1080p}, for every clip: prices differ, and a plan has to tell them beforehand. */
    @WithDefault("720p")
    String resolution();

    /** What must not be seen, in words. */
    Optional<String> negativePrompt();

    /** In USD; no reply of fal's names a price. */
    Prices prices();

    /** When to ask for a task. */
    Pace poll();

    /** How long a clip may take from when fal begins it. */
    @WithDefault("15m")
    Duration patience();

    /** What a clip costs. Those of 10 s are twice those of 5 s, which fal has not confirmed. */
    interface Prices {
        @WithName("720p-5s")
        @WithDefault("0.20")
        BigDecimal short720p();

        @WithName("720p-10s")
        @WithDefault("0.40")
        BigDecimal long720p();

        @WithName("1080p-5s")
        @WithDefault("0.45")
        BigDecimal short1080p();

        @WithName("1080p-10s")
        @WithDefault("0.90")
        BigDecimal long1080p();
    }

    /** Intervals between two questions. */
    interface Pace {
        /** At the beginning. */
        @WithDefault("2s")
        Duration shortest();

        /** At the end. */
        @WithDefault("5s")
        Duration longest();

        /** While more than five others are before it. */
        @WithDefault("10s")
        Duration queued();
    }
}
