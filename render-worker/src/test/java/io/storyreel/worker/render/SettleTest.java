package io.storyreel.worker.render;

import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.Lease;
import io.storyreel.worker.provider.Bought;
import io.storyreel.worker.provider.FinishedVideo;
import io.storyreel.worker.run.JobResult;
import io.vertx.core.json.JsonObject;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

class SettleTest {
    private static final String WARNING = "The render has cost 1.21 USD, estimated were 1.00 USD";
    private static final String READY = "The video is ready: 8.0 s";

    /** What is bought with the first attempt needs no look into the ledger. */
    private final Settle settle = new Settle(null, null);

    @Test
    void warns_in_status_and_history_of_a_render_that_cost_much_more_than_estimated() {
        JobResult result = settled("1.00", "1.205");

        assertThat(result.message()).isEqualTo(READY + ". " + WARNING);
        assertThat(new JsonObject(result.resultJson()).getJsonArray("warnings")).containsExactly(WARNING);
        assertThat(result.costActual()).isEqualByComparingTo("1.205");
    }

    @Test
    void warns_of_no_more_than_a_fifth_above_the_estimate() {
        JobResult result = settled("1.00", "1.2");

        assertThat(result.message()).isEqualTo(READY);
        assertThat(new JsonObject(result.resultJson()).getJsonArray("warnings")).isEmpty();
    }

    @Test
    void warns_of_any_charge_for_what_should_have_been_free() {
        assertThat(settled("0", "0.01").message()).contains("has cost 0.01 USD, estimated were 0.00 USD");
    }

    @Test
    void warns_of_nothing_where_nobody_could_say_what_it_costs() {
        assertThat(settled(null, "7").message()).isEqualTo(READY);
    }

    private JobResult settled(String estimated, String actual) {
        ClaimedJob job = new ClaimedJob(
                new Lease(UUID.randomUUID(), 1),
                JobKind.RENDER,
                UUID.randomUUID(),
                UUID.randomUUID(),
                "digest",
                "vendor",
                List.of(),
                0,
                1,
                0,
                estimated == null ? null : new BigDecimal(estimated),
                null,
                null);
        FinishedVideo video = new FinishedVideo("v.mp4", "video/mp4", 2_048, "0".repeat(64), 8, 1920, 1080, "p.jpg");
        return settle.bought(job, new Bought<>(video, new BigDecimal(actual)))
                .await()
                .atMost(Duration.ofSeconds(5));
    }
}
