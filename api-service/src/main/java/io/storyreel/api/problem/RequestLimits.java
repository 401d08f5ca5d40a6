package io.storyreel.api.problem;

import io.quarkus.runtime.configuration.MemorySize;
import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

/** How much a request may bring. */
@ConfigMapping(prefix = "storyreel.limits")
public interface RequestLimits {

    /** Largest JSON body. */
    @WithDefault("1M")
    MemorySize json();

    /** Largest multipart body. Keep {@code quarkus.http.limits.max-body-size} at least as large. */
    @WithDefault("40M")
    MemorySize upload();

    /** Largest picture. */
    @WithDefault("16M")
    MemorySize image();

    /** Largest music file. */
    @WithDefault("32M")
    MemorySize music();
}
