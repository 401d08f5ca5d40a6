package io.storyreel.worker.provider;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.storyreel.local.simulator.Simulator;
import io.storyreel.local.simulator.task.Pace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The simulator of all vendors, at which this worker's providers are pointed. */
public final class SimulatedVendors implements QuarkusTestResourceLifecycleManager {
    private static volatile Simulator simulator;

    public static Simulator simulator() {
        return simulator;
    }

    @Override
    public Map<String, String> start() {
        try {
            simulator = Simulator.start(Pace.instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return Map.of(
                "PIKA_API_KEY", "id:secret",
                "PIKA_API_URL", simulator.url("fal"),
                "REPLICATE_API_TOKEN", "r8_token",
                "REPLICATE_API_URL", simulator.url("replicate") + "/v1",
                "API_REQUEST_TIMEOUT", "2",
                "API_RETRY_ATTEMPTS", "2",
                "API_RETRY_DELAY", "0");
    }

    @Override
    public void stop() {
        simulator.close();
    }
}
