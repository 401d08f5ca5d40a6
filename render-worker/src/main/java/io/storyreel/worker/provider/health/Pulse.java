package io.storyreel.worker.provider.health;

import io.storyreel.common.provider.ProviderHealth.LastError;

import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;

/** What the last calls of one provider were like. */
final class Pulse {
    private final long[] latencies;
    private int known;
    private int next;
    private Instant lastSuccess;
    private LastError lastError;
    private Instant rateLimitedUntil;

    /** @param calls how many of the last calls the median is of, at least 1 */
    Pulse(int calls) {
        if (calls < 1) {
            throw new IllegalArgumentException("a median is of one call at least, not " + calls);
        }
        this.latencies = new long[calls];
    }

    synchronized void succeeded(Duration latency, Instant now) {
        took(latency);
        lastSuccess = now;
    }

    synchronized void failed(Duration latency, CallFault fault, Instant now) {
        took(latency);
        if (fault.againstProvider()) {
            lastError = new LastError(fault.wireName(), fault.words(), now);
        }
    }

    synchronized void limited(Instant until) {
        rateLimitedUntil = rateLimitedUntil == null || until.isAfter(rateLimitedUntil) ? until : rateLimitedUntil;
    }

    synchronized Instant lastSuccess() {
        return lastSuccess;
    }

    synchronized LastError lastError() {
        return lastError;
    }

    /** Null if it wishes nothing any more. */
    synchronized Instant rateLimitedUntil(Instant now) {
        return rateLimitedUntil != null && rateLimitedUntil.isAfter(now) ? rateLimitedUntil : null;
    }

    /** Median in milliseconds; null if there was no call yet. */
    synchronized Long medianMillis() {
        if (known == 0) {
            return null;
        }
        long[] sorted = Arrays.copyOf(latencies, known);
        Arrays.sort(sorted);
        return sorted[(known - 1) / 2];
    }

    private void took(Duration latency) {
        latencies[next] = latency.toMillis();
        next = (next + 1) % latencies.length;
        known = Math.min(known + 1, latencies.length);
    }
}
