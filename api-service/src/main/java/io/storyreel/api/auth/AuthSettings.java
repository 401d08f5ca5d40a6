package io.storyreel.api.auth;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.time.Duration;

/** Who may use the API. */
@ConfigMapping(prefix = "storyreel.auth")
public interface AuthSettings {
    int SHORTEST_SECRET = 32;

    /** Secret that tokens are signed with (HS256); at least {@value #SHORTEST_SECRET} characters. The start fails otherwise. */
    @WithDefault("")
    String secret();

    /** How many verified tokens are remembered, each until it expires. */
    @WithDefault("10000")
    int rememberedTokens();

    /** How long a one-time sign-in link is good for. */
    @WithDefault("10m")
    Duration linkLifetime();

    /** How long a browser stays signed in after following a link. */
    @WithDefault("12h")
    Duration sessionLifetime();
}
