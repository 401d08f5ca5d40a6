package io.storyreel.api;

import io.quarkus.test.junit.QuarkusTestProfile;

import java.util.Map;

/** What an operator may set otherwise than it comes. All in one server, because each takes long to start. */
public final class OtherSettings implements QuarkusTestProfile {
    @Override
    public Map<String, String> getConfigOverrides() {
        return Map.of(
                "storyreel.storyboard.public-metadata", "false",
                "storyreel.files.redirect", "true",
                "storyreel.files.redirect-life", "1m",
                // Requests that give up soon, so that a test can see it.
                "storyreel.scenes.longest-wait", "4s");
    }
}
