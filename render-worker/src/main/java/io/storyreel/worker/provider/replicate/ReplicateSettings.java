package io.storyreel.worker.provider.replicate;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Clips and pictures made by models that Replicate runs. */
@ConfigMapping(prefix = "storyreel.replicate")
public interface ReplicateSettings {

    /** Address of the API, ending in {@code /v1}. */
    @WithDefault("https://api.replicate.com/v1")
    String url();

    /** The token, {@code r8_…}; without one the provider is not offered. */
    Optional<String> apiToken();

    /** How long one call may take, and the server may be silent. */
    @WithDefault("60s")
    Duration requestTimeout();

    /** How often to look whether the model of the clips is there and takes what it is sent. */
    @WithDefault("4h")
    Duration checkEvery();

    /** The same after a look that found fault, or did not get through. */
    @WithDefault("5m")
    Duration checkAgain();

    Clips clip();

    Images image();

    /** Who moves pictures, and how it is told. */
    interface Clips {
        /**
         * {@code owner/name} of an official model, or {@code owner/name:version} of any. The inputs of
         * {@code wan-video/wan-2.5-i2v}, {@code bytedance/seedance-2.0} and {@code bytedance/seedance-2.0-fast} are
         * known; those of others are as {@link #inputs} says.
         */
        @WithDefault("wan-video/wan-2.5-i2v")
        String model();

        Inputs inputs();

        /** Further inputs and their values: a number, true, false, or text. */
        Map<String, String> extra();

        /** The resolution asked for, if the model takes one. */
        @WithDefault("720p")
        String resolution();

        /** The lengths that can be bought, in s; if absent, those of a known model, or 5. */
        Optional<List<Integer>> lengths();

        /** In USD, an assumption: Replicate's replies name no price. */
        @WithDefault("0.10")
        BigDecimal pricePerSecond();

        /** After which Replicate stops a clip that nobody waits for any more; at least 5 s. */
        @WithDefault("30m")
        Duration cancelAfter();

        /** How long a clip may take from when Replicate begins it. */
        @WithDefault("15m")
        Duration patience();

        /** Between two questions, at the beginning. */
        @WithDefault("5s")
        Duration pollShortest();

        /** Between two questions, at the end. */
        @WithDefault("10s")
        Duration pollLongest();
    }

    /** The model's names of what it is told; if absent, those of a known model; {@code none} for one it does not take. */
    interface Inputs {
        /** The words; {@code prompt} for unknown models. */
        Optional<String> prompt();

        /** The first frame; {@code image} for unknown models. */
        Optional<String> image();

        /** The length in s; none for unknown models. */
        Optional<String> duration();

        /** Such as 720p; none for unknown models. */
        Optional<String> resolution();

        /** Such as 16:9; none for unknown models. */
        Optional<String> aspectRatio();

        /** What marks an attempt, so that it is found again; none for unknown models. */
        Optional<String> seed();
    }

    /** Who draws pictures. */
    interface Images {
        /** An official model with the inputs of FLUX schnell. */
        @WithDefault("black-forest-labs/flux-schnell")
        String model();

        /** {@code png} or {@code jpg}. */
        @WithDefault("png")
        String format();

        /** In USD, of a picture. */
        @WithDefault("0.003")
        BigDecimal price();

        /** How long the connection is held until the picture is there: 1 to 60 s. Most need one call then. */
        @WithDefault("30s")
        Duration holding();

        /** How long a picture may take from when Replicate begins it. */
        @WithDefault("5m")
        Duration patience();

        /** Between two questions, at the beginning. */
        @WithDefault("1s")
        Duration pollShortest();

        /** Between two questions, at the end. */
        @WithDefault("10s")
        Duration pollLongest();
    }
}
