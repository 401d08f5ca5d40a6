package io.storyreel.worker.fetch;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How the files that providers have made are fetched. */
@ConfigMapping(prefix = "storyreel.results")
public interface ResultSettings {

    /**
     * Where providers' files may lie although it is a private network: addresses ({@code http://renderer:9000/v1}, of
     * which host and port count), hosts with a port, or hosts for every port. By default the providers' own addresses,
     * so that a renderer or a simulator on this machine works.
     */
    @WithDefault("${RUNWAYML_API_URL:},${PIKA_API_URL:},${REPLICATE_API_URL:},${CUSTOM_VIDEO_API_URL:}")
    Optional<List<String>> providerHosts();

    /** Largest video, in bytes. */
    @WithDefault("2G")
    MemorySize mostVideoBytes();

    /** Largest picture, in bytes. */
    @WithDefault("32M")
    MemorySize mostPictureBytes();

    /** How long a connection may bring nothing before it counts as broken. */
    @WithDefault("30s")
    Duration idleTimeout();

    /** How long one file may take in all, with every repetition. */
    @WithDefault("15m")
    Duration totalTimeout();

    /** How often a broken transfer is taken up again, and a server asked again that is in trouble or lacks the file. */
    @WithDefault("8")
    int mostRepetitions();

    /** The pause before the first repetition; it doubles with each, up to 15 s. */
    @WithDefault("500ms")
    Duration firstPause();

    /** How many redirects are followed; each target is checked like the first address. */
    @WithDefault("5")
    int mostRedirects();
}
