package io.storyreel.worker.provider.custom;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * When jobs were accepted, as far as it matters: for seconds. It need not survive a worker, whose successor comes later
 * than that.
 */
final class RecentlyAccepted {
    private static final int MOST_KNOWN = 10_000;

    private final Map<String, Instant> times = Collections.synchronizedMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Instant> eldest) {
            return size() > MOST_KNOWN;
        }
    });

    void accepted(String id, Instant now) {
        times.put(id, now);
    }

    boolean within(Duration time, String id, Instant now) {
        Instant accepted = times.get(id);
        return accepted != null && Duration.between(accepted, now).compareTo(time) <= 0;
    }
}
