package io.storyreel.api.scene;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.Optional;

/** Refining scenes, and having their pictures made. */
@ConfigMapping(prefix = "storyreel.scenes")
public interface SceneSettings {

    /** How often the scenes of one project can be refined. */
    @WithDefault("5")
    int mostRefinements();

    /**
     * What a refinement with a new picture adds to the estimate, and reserves of the budget, in USD; if the provider
     * takes more, that counts.
     */
    @WithDefault("0.02")
    BigDecimal newPictureCost();

    /** Who makes pictures; if absent, the first that is set up for the render workers. */
    Optional<String> pictureProvider();

    /** The longest a request waits for its picture; below the idle timeout of connections. The work goes on afterwards. */
    @WithDefault("2m")
    Duration longestWait();

    /** Pause between two looks at a picture that somebody waits for. */
    @WithDefault("250ms")
    Duration waitLook();
}
