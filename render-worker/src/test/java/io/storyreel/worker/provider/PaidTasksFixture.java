package io.storyreel.worker.provider;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.storyreel.common.ledger.ProviderTasks;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.provider.health.ProviderWatch;
import io.storyreel.worker.provider.health.TestWatch;
import io.storyreel.worker.run.WorkerSettings;

import java.time.Clock;
import java.util.HashMap;
import java.util.Map;

/** The way to a provider, around a real ledger; impatient. */
public final class PaidTasksFixture {
    public final WorkerSettings settings = TestSettings.of(WorkerSettings.class, Map.of());
    public final ProviderSettings patience;
    public final ProviderTasks ledger;
    public final HandOvers handOvers = new HandOvers();
    public final Pause pause;
    public final MeterRegistry meters = new SimpleMeterRegistry();
    public final ProviderWatch watch = TestWatch.writingTo(meters);
    public final GivenUp givenUp;
    public final PaidTasks tasks;
    public final PaidCalls calls;

    public PaidTasksFixture(RealPostgres postgres) {
        this(postgres, Map.of());
    }

    /** @param values of {@code storyreel.providers.*} */
    public PaidTasksFixture(RealPostgres postgres, Map<String, String> values) {
        Map<String, String> all = new HashMap<>(Map.of(
                "storyreel.providers.pause-between-attempts", "1ms",
                "storyreel.providers.busy-pause", "1ms",
                "storyreel.providers.answer-limit", "20ms",
                "storyreel.providers.late-look", "1ms"));
        all.putAll(values);
        patience = TestSettings.of(ProviderSettings.class, all);
        ledger = new ProviderTasks(postgres.pool);
        pause = new Pause(postgres.vertx.getDelegate());
        var departures = new Departures(ledger, settings);
        givenUp = new GivenUp(ledger, watch);
        var handOver = new HandOver(
                ledger, handOvers, departures, givenUp, pause, patience, settings, watch, Clock.systemUTC());
        calls = new PaidCalls(
                ledger, handOvers, departures, givenUp, pause, patience, settings, watch, Clock.systemUTC());
        var starts = new TaskStart(ledger, handOver, pause, patience, settings, watch, Clock.systemUTC());
        tasks = new PaidTasks(ledger, starts, pause, patience, settings, watch, Clock.systemUTC());
    }

    public AbandonedTasks abandoned(Providers providers) {
        return new AbandonedTasks(ledger, providers, handOvers, patience, settings);
    }
}
