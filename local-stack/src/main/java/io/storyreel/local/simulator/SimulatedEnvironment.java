package io.storyreel.local.simulator;

import java.util.Map;
import java.util.TreeMap;

/** The variables by which the services take the simulator for every provider. The keys only have the right shape. */
final class SimulatedEnvironment {

    private SimulatedEnvironment() {}

    static Map<String, String> worker(String url) {
        var environment = new TreeMap<String, String>();
        environment.put("RUNWAYML_API_URL", url + "/runway");
        environment.put("RUNWAYML_API_KEY", "key_simulated");
        environment.put("PIKA_API_URL", url + "/fal");
        environment.put("PIKA_API_KEY", "simulated:secret");
        environment.put("REPLICATE_API_URL", url + "/replicate/v1");
        environment.put("REPLICATE_API_TOKEN", "r8_simulated");
        environment.put("CUSTOM_VIDEO_API_URL", url + "/custom/v1");
        environment.put("CUSTOM_VIDEO_API_KEY", "custom_simulated");
        // The sample files of the simulator are inputs to play with, and lie on the loopback interface.
        environment.put("STORYREEL_FETCH_ALLOWED_HOSTS", "127.0.0.1");
        return environment;
    }

    static Map<String, String> api() {
        return Map.of("STORYREEL_RENDER_PROVIDERS", "local,mock,runway,pika,replicate,custom");
    }
}
