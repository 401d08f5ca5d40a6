package io.storyreel.api.render;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.util.Set;

/** How renders are accepted. */
@ConfigMapping(prefix = "storyreel.render")
public interface RenderSettings {

    /** Who renders when the request names nobody. */
    @WithDefault("local")
    String provider();

    /** Who may be asked to render. */
    @WithDefault("local,mock")
    Set<String> providers();

    /** Whether a project may have one active render only. */
    @WithDefault("true")
    boolean oneActivePerProject();
}
