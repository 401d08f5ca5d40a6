package io.storyreel.api.limit;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.github.bucket4j.Bucket;
import io.github.bucket4j.ConsumptionProbe;
import io.github.bucket4j.TimeMeter;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.inject.Inject;

import java.util.EnumMap;
import java.util.Map;

/** How much everybody has left: a bucket for each caller and kind of request, refilled evenly. */
@ApplicationScoped
class RateLimits {
    private static final long SECOND = 1_000_000_000;

    private final RateSettings settings;
    private final TimeMeter clock;
    private final Cache<Account, Bucket> buckets;
    private final Map<RequestKind, String> policies = new EnumMap<>(RequestKind.class);

    private record Account(RequestKind kind, Requester requester) {}

    /**
     * The fields of draft-ietf-httpapi-ratelimit-headers-10.
     *
     * @param policy value of RateLimit-Policy: q requests in w seconds
     * @param standing value of RateLimit: r are left, and all of them again in t seconds
     * @param retryAfter in seconds; 0 if the request may pass
     */
    record Verdict(String policy, String standing, long retryAfter) {}

    @Inject
    RateLimits(RateSettings settings) {
        this(settings, TimeMeter.SYSTEM_NANOTIME);
    }

    RateLimits(RateSettings settings, TimeMeter clock) {
        this.settings = settings;
        this.clock = clock;
        // A bucket that nobody has used for a window is full again, so it can be forgotten.
        this.buckets = Caffeine.newBuilder()
                .maximumSize(settings.remembered())
                .expireAfterAccess(settings.window().multipliedBy(2))
                .build();
        for (RequestKind kind : RequestKind.values()) {
            policies.put(
                    kind,
                    "\"" + kind.wireName() + "\";q=" + kind.most(settings) + ";w="
                            + settings.window().toSeconds());
        }
    }

    /** Counts a request. Null if requests of this kind are not limited. */
    Verdict count(RequestKind kind, Requester requester) {
        long most = kind.most(settings);
        if (most <= 0) {
            return null;
        }
        ConsumptionProbe probe = buckets.get(new Account(kind, requester), account -> bucket(most))
                .tryConsumeAndReturnRemaining(1);
        String standing = "\"" + kind.wireName() + "\";r=" + probe.getRemainingTokens() + ";t="
                + seconds(probe.getNanosToWaitForReset());
        long retryAfter = probe.isConsumed() ? 0 : Math.max(1, seconds(probe.getNanosToWaitForRefill()));
        return new Verdict(policies.get(kind), standing, retryAfter);
    }

    private Bucket bucket(long most) {
        return Bucket.builder()
                .addLimit(limit -> limit.capacity(most).refillGreedy(most, settings.window()))
                .withCustomTimePrecision(clock)
                .build();
    }

    private static long seconds(long nanos) {
        return (nanos + SECOND - 1) / SECOND;
    }
}
