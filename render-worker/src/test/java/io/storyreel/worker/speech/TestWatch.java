package io.storyreel.worker.speech;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.health.ProviderHealthSettings;
import io.storyreel.worker.provider.health.ProviderWatch;

import java.time.Clock;
import java.util.Map;

/** A watch whose numbers nobody reads. */
public final class TestWatch {
    private TestWatch() {}

    public static ProviderWatch create() {
        return new ProviderWatch(
                new SimpleMeterRegistry(),
                null,
                Clock.systemUTC(),
                TestSettings.of(ProviderHealthSettings.class, Map.of()));
    }
}
