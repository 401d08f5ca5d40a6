package io.storyreel.worker;

import io.smallrye.config.SmallRyeConfigBuilder;

import java.util.Map;

/** A configuration with its defaults, but for what a test says. */
public final class TestSettings {
    private TestSettings() {}

    public static <T> T of(Class<T> mapping, Map<String, String> values) {
        return new SmallRyeConfigBuilder()
                .addDefaultInterceptors()
                .addDiscoveredConverters()
                .withDefaultValue("quarkus.http.port", "8081")
                .withDefaultValue("java.io.tmpdir", System.getProperty("java.io.tmpdir"))
                .withDefaultValues(values)
                // Two mappings may share a prefix, and only one of them is asked for here.
                .withDefaultValue("smallrye.config.mapping.validate-unknown", "false")
                .withMapping(mapping)
                .build()
                .getConfigMapping(mapping);
    }
}
