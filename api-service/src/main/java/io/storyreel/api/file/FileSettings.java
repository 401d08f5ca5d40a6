package io.storyreel.api.file;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How files are handed out. */
@ConfigMapping(prefix = "storyreel.files")
public interface FileSettings {

    /**
     * Whether a GET of a file is answered with 302 to a signed address of the object store, which then sends the bytes;
     * otherwise they come through the API. Clients must reach {@code storyreel.storage.public-endpoint}.
     */
    @WithDefault("false")
    boolean redirect();

    /**
     * How long such an address is good for: downloads must have begun by then, and players come back to it for further
     * parts. 1 s to 7 days. Whoever has the address has the file, without a token.
     */
    @WithDefault("15m")
    Duration redirectLife();
}
