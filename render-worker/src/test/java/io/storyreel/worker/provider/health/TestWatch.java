package io.storyreel.worker.provider.health;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.storyreel.worker.TestSettings;

import java.time.Clock;
import java.util.Map;

/** A watch round nothing in particular. */
public final class TestWatch {
    private TestWatch() {}

    public static ProviderWatch unread() {
        return writingTo(new SimpleMeterRegistry());
    }

    public static ProviderWatch writingTo(MeterRegistry meters) {
        return new ProviderWatch(
                meters,
                new Circuits(new ScriptedBreakers()),
                Clock.systemUTC(),
                TestSettings.of(ProviderHealthSettings.class, Map.of()));
    }
}
