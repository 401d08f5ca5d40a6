package io.storyreel.worker.speech.simulated;

import io.quarkus.test.common.QuarkusTestResourceLifecycleManager;
import io.storyreel.local.simulator.Simulator;
import io.storyreel.local.simulator.task.Pace;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;

/** The simulator, and the settings by which the worker takes it for the speech vendors. */
public final class SimulatedVendors implements QuarkusTestResourceLifecycleManager {
    private static volatile Simulator running;

    static Simulator simulator() {
        return running;
    }

    @Override
    public Map<String, String> start() {
        try {
            running = Simulator.start(Pace.instant());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        Map<String, String> environment = running.environment();
        return Map.of(
                "storyreel.speech.provider", environment.get("STORYREEL_SPEECH_PROVIDER"),
                "storyreel.speech.url", environment.get("STORYREEL_SPEECH_URL"),
                "storyreel.speech.api-key", environment.get("STORYREEL_SPEECH_API_KEY"),
                "storyreel.speech.price-per-second", environment.get("STORYREEL_SPEECH_PRICE_PER_SECOND"),
                "ELEVENLABS_API_URL", environment.get("ELEVENLABS_API_URL"),
                "ELEVENLABS_API_KEY", environment.get("ELEVENLABS_API_KEY"),
                "AZURE_SPEECH_URL", environment.get("AZURE_SPEECH_URL"),
                "AZURE_SPEECH_KEY", environment.get("AZURE_SPEECH_KEY"));
    }

    @Override
    public void stop() {
        running.close();
    }
}
