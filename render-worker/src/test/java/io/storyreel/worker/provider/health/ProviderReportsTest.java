package io.storyreel.worker.provider.health;

import io.storyreel.common.provider.ProviderHealth;
import io.storyreel.common.provider.ProviderHealth.Circuit;
import io.storyreel.common.provider.ProviderHealth.LastError;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderReport;
import io.storyreel.common.provider.ProviderState;
import io.storyreel.common.provider.ProviderStates;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderReportsTest extends OnPostgres {
    private static final ProviderOffer RUNWAY = ProviderOffer.clips(
            "runway",
            "gen4",
            Map.of(5, new BigDecimal("0.25"), 10, new BigDecimal("0.50")),
            Set.of(AspectRatio.PORTRAIT),
            null);
    private static final ProviderHealth TROUBLED = new ProviderHealth(
            Circuit.OPEN,
            Instant.parse("2026-11-21T10:00:00Z"),
            new LastError("timeout", "it took too long to answer", Instant.parse("2026-11-21T10:01:00Z")),
            120L,
            null);

    private final UUID worker = UUID.randomUUID();
    private ProviderStates states;

    @BeforeEach
    void cleanBoard() {
        postgres.execute("delete from provider_state", Tuple.tuple());
        states = new ProviderStates(postgres.pool);
    }

    @Test
    void what_a_worker_says_is_read_as_it_was_said() {
        publish(worker, TROUBLED);

        ProviderState read = read().get(0);

        assertThat(read.offer()).isEqualTo(RUNWAY);
        assertThat(read.health()).isEqualTo(TROUBLED);
        assertThat(read.living()).isTrue();
    }

    @Test
    void a_later_report_takes_the_place_of_the_one_before() {
        publish(worker, TROUBLED);
        publish(worker, ProviderHealth.UNKNOWN);

        assertThat(read()).extracting(ProviderState::health).containsExactly(ProviderHealth.UNKNOWN);
    }

    @Test
    void a_silent_worker_is_taken_for_dead_but_its_last_offer_stays() {
        publish(worker, TROUBLED);
        age(worker, "1 hour");

        assertThat(read()).extracting(ProviderState::living).containsExactly(false);
    }

    @Test
    void what_a_dead_worker_said_goes_once_another_has_said_better() {
        publish(worker, TROUBLED);
        age(worker, "1 hour");
        publish(UUID.randomUUID(), ProviderHealth.UNKNOWN);
        publish(UUID.randomUUID(), ProviderHealth.UNKNOWN);

        assertThat(read()).extracting(ProviderState::living).containsExactly(true, true);
    }

    private void publish(UUID who, ProviderHealth health) {
        states.publish(who, List.of(new ProviderReport(RUNWAY, health))).await().atMost(RealPostgres.LIMIT);
    }

    private List<ProviderState> read() {
        return states.read(Duration.ofSeconds(30)).await().atMost(RealPostgres.LIMIT);
    }

    private static void age(UUID who, String by) {
        postgres.execute(
                "update provider_state set reported_at = reported_at - $2::text::interval where worker_id = $1",
                Tuple.of(who, by));
    }
}
