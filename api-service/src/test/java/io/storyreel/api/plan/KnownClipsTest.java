package io.storyreel.api.plan;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.Backends;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.StreamSupport;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class KnownClipsTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    @Inject
    Pool pool;

    @Test
    void finds_what_was_bought_by_its_digest_without_reading_the_ledger() {
        // An empty table is always read whole, unless that is forbidden where it can be avoided.
        String steps = pool.withTransaction(connection -> connection
                        .query("set local enable_seqscan = off")
                        .execute()
                        .chain(() -> explained(connection)))
                .await()
                .atMost(SOON);

        assertThat(steps).contains("provider_task_by_digest").doesNotContain("Seq Scan");
    }

    private static Uni<String> explained(SqlConnection connection) {
        return connection
                .preparedQuery("explain " + KnownClips.BOUGHT)
                .execute(Tuple.of(UUID.randomUUID(), new String[] {"a", "b"}))
                .map(rows -> StreamSupport.stream(rows.spliterator(), false)
                        .map(row -> row.getString(0))
                        .collect(Collectors.joining("\n")));
    }
}
