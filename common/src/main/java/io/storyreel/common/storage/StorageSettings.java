package io.storyreel.common.storage;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;
import java.util.Optional;

/** Where files are kept: any S3-compatible server. */
@ConfigMapping(prefix = "storyreel.storage")
public interface StorageSettings {

    /** Address of the S3-compatible server, such as {@code http://127.0.0.1:9000}. */
    @WithDefault("http://127.0.0.1:9000")
    String endpoint();

    /**
     * Address of the same server for outsiders, such as providers that fetch pictures from it; addresses are signed for
     * its host. The endpoint itself if it is not set.
     */
    Optional<String> publicEndpoint();

    /** Access key of the account that owns the bucket. */
    @WithDefault("storyreel")
    String accessKey();

    /** Secret key of that account. */
    @WithDefault("storyreel-secret")
    String secretKey();

    /** The bucket; made when it does not exist. */
    @WithDefault("storyreel")
    String bucket();

    /** Region that requests are signed for. */
    @WithDefault("us-east-1")
    String region();

    /** How long one call may take, transfer included. A file that takes longer to read is read in several calls. */
    @WithDefault("5m")
    Duration callTimeout();

    /** How long failing calls are repeated while the server is away. */
    @WithDefault("90s")
    Duration patience();
}
