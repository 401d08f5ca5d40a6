package io.storyreel.worker.provider.health;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.storyreel.worker.TestSettings;

import java.time.Clock;
import java.util.Map;

/** A watch whose records nobody reads. */
public final class TestWatch {
    private TestWatch() {}

    public static ProviderWatch unread() {
        return new ProviderWatch(
                new SimpleMeterRegistry(),
                new Circuits(new ScriptedBreakers()),
                Clock.systemUTC(),
                TestSettings.of(ProviderHealthSettings.class, Map.of()));
    }
}
