package io.storyreel.local.simulator;

import java.util.Map;
import java.util.TreeMap;

/** The variables by which a render worker takes the simulator for every provider. The keys only have the right shape. */
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
        // What the simulated renderer charges, so that estimates are right.
        environment.put("STORYREEL_CUSTOM_PRICE_PER_SECOND", "0.05");
        environment.put("STORYREEL_SPEECH_PROVIDER", "openai");
        environment.put("STORYREEL_SPEECH_URL", url + "/openai/v1");
        environment.put("STORYREEL_SPEECH_API_KEY", "sk-simulated");
        environment.put("STORYREEL_SPEECH_MODEL", "gpt-4o-mini-tts");
        environment.put("STORYREEL_SPEECH_PRICE_PER_SECOND", "0.00025");
        environment.put("ELEVENLABS_API_URL", url + "/elevenlabs");
        environment.put("ELEVENLABS_API_KEY", "sk_simulated0000000000");
        environment.put("AZURE_SPEECH_URL", url + "/azure");
        environment.put("AZURE_SPEECH_REGION", "simulated");
        environment.put("AZURE_SPEECH_KEY", "0".repeat(32));
        // The sample files of the simulator are inputs to play with, and lie on the loopback interface.
        environment.put("STORYREEL_FETCH_ALLOWED_HOSTS", "127.0.0.1");
        return environment;
    }
}
