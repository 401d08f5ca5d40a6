package io.storyreel.system;

import java.time.Duration;
import java.util.HashMap;
import java.util.Map;

/** Settings of workers for which a simulated provider is slow after seconds, not after minutes. */
final class Impatience {
    /** With one call. */
    static final Duration REQUEST_TIMEOUT = Duration.ofSeconds(2);

    private Impatience() {}

    /** Asks often. */
    static Map<String, String> settings() {
        Map<String, String> settings = new HashMap<>();
        for (String provider : new String[] {"RUNWAY", "PIKA_POLL", "REPLICATE_CLIP_POLL", "CUSTOM"}) {
            String poll = provider.endsWith("POLL") ? provider : provider + "_POLL";
            settings.put("STORYREEL_" + poll + "_SHORTEST", "300ms");
            settings.put("STORYREEL_" + poll + "_LONGEST", "1s");
        }
        settings.put("STORYREEL_PIKA_POLL_QUEUED", "300ms");
        settings.put("STORYREEL_RUNWAY_FIRST_LOOK", "300ms");
        settings.put("STORYREEL_CUSTOM_FIRST_LOOK", "300ms");
        settings.put("STORYREEL_SPEECH_FALLBACK", "elevenlabs,azure");
        settings.put("STORYREEL_PROVIDERS_PAUSE_BETWEEN_ATTEMPTS", "200ms");
        settings.put("STORYREEL_PROVIDERS_BUSY_PAUSE", "500ms");
        settings.put("STORYREEL_PROVIDERS_LATE_LOOK", "2s");
        settings.put("STORYREEL_WORKER_LEASE", "6s");
        settings.put("STORYREEL_WORKER_HEARTBEAT", "1s");
        settings.put("STORYREEL_WORKER_RETRY_DELAYS", "1s,3s");
        return settings;
    }

    /** And gives up soon. */
    static Map<String, String> whenItBreaks() {
        Map<String, String> settings = settings();
        settings.put("API_REQUEST_TIMEOUT", Long.toString(REQUEST_TIMEOUT.toSeconds()));
        settings.put("STORYREEL_RUNWAY_PATIENCE", "8s");
        settings.put("STORYREEL_PIKA_PATIENCE", "8s");
        settings.put("STORYREEL_REPLICATE_CLIP_PATIENCE", "8s");
        settings.put("STORYREEL_CUSTOM_LEAST_PATIENCE", "8s");
        settings.put("STORYREEL_CUSTOM_PATIENCE_FACTOR", "1");
        settings.put("STORYREEL_PROVIDERS_OUTAGE_PATIENCE", "8s");
        settings.put("STORYREEL_PROVIDERS_BUSY_PATIENCE", "15s");
        // On a busy machine a worker may be taken for dead that only waits for its turn, and more often than the kills.
        settings.put("STORYREEL_WORKER_LEASE", "10s");
        settings.put("STORYREEL_DISPATCH_MOST_LEASE_LOSSES", "50");
        settings.put("STORYREEL_PROVIDERS_LATE_LIMIT", "30s");
        // Longer than the request timeout, or an answer that still comes would be given up.
        settings.put("STORYREEL_PROVIDERS_ANSWER_LIMIT", "5s");
        settings.put("STORYREEL_RESULTS_IDLE_TIMEOUT", "2s");
        settings.put("STORYREEL_RESULTS_TOTAL_TIMEOUT", "20s");
        settings.put("STORYREEL_RESULTS_FIRST_PAUSE", "100ms");
        settings.put("STORYREEL_RESULTS_MOST_REPETITIONS", "4");
        settings.put("STORYREEL_RESULTS_MOST_VIDEO_BYTES", "20M");
        return settings;
    }
}
