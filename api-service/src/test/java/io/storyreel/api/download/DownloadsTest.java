package io.storyreel.api.download;

import io.quarkus.runtime.ShutdownEvent;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.smallrye.mutiny.Uni;
import io.storyreel.api.Backends;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class DownloadsTest {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final int SIZE = 10_000;

    @Inject
    Downloads downloads;

    @Inject
    DownloadSweep sweep;

    @Inject
    Pool pool;

    private final UUID project = UUID.randomUUID();
    private final String file = "renders/" + project + "/video.mp4";

    @BeforeEach
    void aProject() {
        query(
                "insert into video_project (id, workspace_id, title, storyboard, spec_digest)"
                        + " values ($1, $1, 'a film', '{}', 'x')",
                project);
    }

    @Test
    void what_has_left_is_counted_before_the_process_ends() {
        for (int i = 0; i < 300; i++) {
            downloads.delivered(transfer("client " + i % 7, 0, SIZE));
        }

        downloads.stop(new ShutdownEvent());

        assertThat(counted()).isEqualTo(300);
    }

    @Test
    void downloads_in_parts_are_counted_one_by_one_however_fast_they_follow_each_other() {
        for (int i = 0; i < 50; i++) {
            downloads.delivered(transfer("client", 0, 4_000));
            downloads.delivered(transfer("client", 4_000, SIZE));
        }

        downloads.stop(new ShutdownEvent());

        assertThat(counted()).isEqualTo(50);
    }

    @Test
    void a_download_that_begins_anew_forgets_what_was_left_of_the_one_before() {
        downloads.delivered(transfer("client", 0, 9_999));
        downloads.delivered(transfer("client", 0, SIZE));
        downloads.delivered(transfer("client", 9_999, SIZE));

        downloads.stop(new ShutdownEvent());

        assertThat(counted()).isEqualTo(1);
    }

    @Test
    void a_client_that_asks_for_every_other_byte_makes_no_row_without_end() {
        for (int i = 0; i < SIZE; i += 20) {
            downloads.delivered(transfer("client", i, i + 1));
        }
        downloads.stop(new ShutdownEvent());

        Row row = query(
                "select count(*) from (select unnest(delivered) from download_part where object_key = $1) p", file);
        assertThat(row.getLong(0)).isBetween(100L, 201L);
    }

    @Test
    void downloads_of_a_deleted_project_are_nobody_s() {
        query("delete from video_project where id = $1", project);

        downloads.delivered(transfer("client", 0, SIZE));
        downloads.delivered(transfer("client", 0, 1));
        downloads.stop(new ShutdownEvent());

        assertThat(query("select count(*) from download_count where project_id = $1", project)
                        .getLong(0))
                .isZero();
    }

    @Test
    void a_download_that_never_went_on_is_forgotten() {
        downloads.delivered(transfer("yesterday", 0, 5_000));
        downloads.delivered(transfer("today", 0, 5_000));
        downloads.stop(new ShutdownEvent());
        query(
                "update download_part set updated_at = clock_timestamp() - interval '25 hours'"
                        + " where object_key = $1 and client = 'yesterday'",
                file);

        await(sweep.forget());

        Row left = query("select string_agg(client, ',') from download_part where object_key = $1", file);
        assertThat(left.getString(0)).isEqualTo("today");
    }

    private Transfer transfer(String client, long first, long next) {
        return new Transfer(project, file, client, first, next, SIZE);
    }

    private long counted() {
        Row row =
                query("select coalesce(sum(downloads), 0)::bigint from download_count where project_id = $1", project);
        return row.getLong(0);
    }

    /** The first row, or null. */
    private Row query(String sql, Object... values) {
        var rows = await(pool.preparedQuery(sql).execute(Tuple.from(values)));
        return rows.size() == 0 ? null : rows.iterator().next();
    }

    private static <T> T await(Uni<T> call) {
        return call.await().atMost(SOON);
    }
}
