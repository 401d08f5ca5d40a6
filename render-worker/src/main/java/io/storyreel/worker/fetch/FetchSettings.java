package io.storyreel.worker.fetch;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** How files at users' addresses are fetched. */
@ConfigMapping(prefix = "storyreel.fetch")
public interface FetchSettings {

    /**
     * Host names or addresses, exactly as users write them, that may lead into a private network. Comma separated, empty
     * by default: every name here is a door for whoever may write a storyboard.
     */
    Optional<List<String>> allowedHosts();

    /** Largest picture, in bytes. */
    @WithDefault("16M")
    MemorySize mostImageBytes();

    /** Largest music file, in bytes. */
    @WithDefault("32M")
    MemorySize mostMusicBytes();

    /** How long a name may take to resolve, and how long a connection may take to open. */
    @WithDefault("5s")
    Duration connectTimeout();

    /** How long one file may take in all, redirects included. */
    @WithDefault("60s")
    Duration totalTimeout();

    /** How many redirects are followed; each target is checked like the first address. */
    @WithDefault("3")
    int mostRedirects();
}
