package io.storyreel.api.webhook;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/** Which addresses of receivers are accepted. The workers have the same setting and check again at every delivery. */
@ConfigMapping(prefix = "storyreel.fetch")
public interface ReceiverSettings {

    /** Host names or addresses, exactly as users write them, that may lead into a private network. For tests. */
    Optional<List<String>> allowedHosts();

    /** How long a name may take to resolve. */
    @WithDefault("5s")
    Duration connectTimeout();
}
