package io.storyreel.worker.provider;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.config.MeterFilter;
import jakarta.enterprise.inject.Produces;
import jakarta.inject.Singleton;

import java.util.List;

/**
 * SmallRye Fault Tolerance 6.10 counts the calls of one {@code @RateLimit} under two names of the same tag, which
 * Prometheus refuses: without this, every method with a rate limit fails at its first call.
 */
@Singleton
class RateLimitMeters {
    private static final String COUNTED = "ft.ratelimit.calls.total";
    private static final String WRONG = "bulkheadResult";
    private static final String RIGHT = "rateLimitResult";

    @Produces
    @Singleton
    MeterFilter rightTag() {
        return new MeterFilter() {
            @Override
            public Meter.Id map(Meter.Id id) {
                return COUNTED.equals(id.getName()) ? id.replaceTags(right(id.getTags())) : id;
            }
        };
    }

    private static List<Tag> right(List<Tag> tags) {
        return tags.stream()
                .map(tag -> WRONG.equals(tag.getKey()) ? Tag.of(RIGHT, tag.getValue()) : tag)
                .toList();
    }
}
