package io.storyreel.api.limit;

import io.github.bucket4j.TimeMeter;
import io.storyreel.api.limit.RateLimits.Verdict;
import io.vertx.core.http.HttpMethod;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class RateLimitsTest {
    private static final Requester ANNA = new Requester.Holder("anna", Set.of(new UUID(1, 1)));
    private static final Requester BERT = new Requester.Holder("bert", Set.of(new UUID(1, 1)));

    private final HandClock clock = new HandClock();
    private final RateLimits limits = new RateLimits(new Settings(60, 3), clock);

    @Test
    void lets_as_many_pass_as_the_policy_says_and_tells_how_many_are_left() {
        Verdict first = limits.count(RequestKind.WRITES, ANNA);
        assertThat(first.policy()).isEqualTo("\"writes\";q=3;w=60");
        assertThat(first.standing()).isEqualTo("\"writes\";r=2;t=20");
        assertThat(first.retryAfter()).isZero();
        limits.count(RequestKind.WRITES, ANNA);
        assertThat(limits.count(RequestKind.WRITES, ANNA).retryAfter()).isZero();
        Verdict fourth = limits.count(RequestKind.WRITES, ANNA);
        assertThat(fourth.standing()).isEqualTo("\"writes\";r=0;t=60");
        assertThat(fourth.retryAfter()).isEqualTo(20);
    }

    @Test
    void lets_the_next_one_pass_when_it_said_it_would() {
        for (int i = 0; i < 3; i++) {
            limits.count(RequestKind.WRITES, ANNA);
        }
        long wait = limits.count(RequestKind.WRITES, ANNA).retryAfter();
        clock.pass(Duration.ofSeconds(wait).minusMillis(1));
        assertThat(limits.count(RequestKind.WRITES, ANNA).retryAfter()).isEqualTo(1);
        clock.pass(Duration.ofMillis(1));
        assertThat(limits.count(RequestKind.WRITES, ANNA).retryAfter()).isZero();
    }

    @Test
    void counts_callers_and_kinds_apart() {
        for (int i = 0; i < 4; i++) {
            limits.count(RequestKind.WRITES, ANNA);
        }
        assertThat(limits.count(RequestKind.WRITES, BERT).retryAfter()).isZero();
        assertThat(limits.count(RequestKind.UPLOADS, ANNA).retryAfter()).isZero();
    }

    @Test
    void zero_is_no_limit() {
        assertThat(limits.count(RequestKind.READS, ANNA)).isNull();
    }

    @ParameterizedTest
    @CsvSource({
        "GET, /api/v1/video/workspaces/w/projects, READS",
        "GET, /api/v2/jobs/j, READS",
        "GET, /api/v2/jobs/j/metadata, READS",
        "HEAD, /api/v1/video/workspaces/w/render/jobs/j/video, DOWNLOADS",
        "GET, /api/v1/video/workspaces/w/render/jobs/j/events, DOWNLOADS",
        "GET, /api/v1/video/workspaces/w/assets/abc, DOWNLOADS",
        "GET, /api/v2/jobs/j/export, DOWNLOADS",
        "POST, /api/v1/video/workspaces/w/assets, UPLOADS",
        "POST, /api/v1/video/workspaces/w/render/p, WRITES",
        "DELETE, /api/v1/video/workspaces/w/projects/p, WRITES"
    })
    void tells_what_a_request_counts_as(String method, String path, RequestKind kind) {
        assertThat(RequestKind.of(HttpMethod.valueOf(method), path)).isEqualTo(kind);
    }

    /** @param most of everything but reads, which are not limited */
    private record Settings(long seconds, long most) implements RateSettings {
        @Override
        public boolean enabled() {
            return true;
        }

        @Override
        public Duration window() {
            return Duration.ofSeconds(seconds);
        }

        @Override
        public long reads() {
            return 0;
        }

        @Override
        public long writes() {
            return most;
        }

        @Override
        public long uploads() {
            return most;
        }

        @Override
        public long downloads() {
            return most;
        }

        @Override
        public long anonymous() {
            return most;
        }

        @Override
        public int remembered() {
            return 100;
        }
    }

    private static final class HandClock implements TimeMeter {
        private long nanos;

        void pass(Duration time) {
            nanos += time.toNanos();
        }

        @Override
        public long currentTimeNanos() {
            return nanos;
        }

        @Override
        public boolean isWallClockBased() {
            return false;
        }
    }
}
