package io.storyreel.api.render;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.List;
import java.util.Optional;

/** How renders are accepted. */
@ConfigMapping(prefix = "storyreel.render")
public interface RenderSettings {

    /** Who renders when the request names nobody. */
    @WithDefault("local")
    String provider();

    /**
     * Whom scenes go to when the provider of a paid render is broken, unless the request says; in order. Those who are
     * not set up are left out.
     */
    Optional<List<String>> fallback();

    /** Whether a project may have one active render only. */
    @WithDefault("true")
    boolean oneActivePerProject();
}
