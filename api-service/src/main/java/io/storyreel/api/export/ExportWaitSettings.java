package io.storyreel.api.export;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** How requests wait for exports that are being made. */
@ConfigMapping(prefix = "storyreel.exports")
public interface ExportWaitSettings {

    /** The longest a request waits for its file; below the idle timeout of connections. The work goes on afterwards. */
    @WithDefault("5m")
    Duration longestWait();

    /** Pause between two looks at an export that somebody waits for. */
    @WithDefault("500ms")
    Duration waitLook();
}
