package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.S3ObjectStore;
import io.storyreel.common.storage.StorageSettings;
import io.storyreel.local.process.FreePorts;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.Patience;
import io.vertx.mutiny.core.Vertx;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.pgclient.PgBuilder;
import io.vertx.pgclient.PgConnectOptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

class RenderFailuresTest {
    private static final Duration LIMIT = Duration.ofSeconds(20);
    private static final Duration PATIENCE = Duration.ofMillis(500);

    @TempDir
    Path directory;

    @Test
    void says_so_when_the_object_store_stays_away_and_lets_the_job_be_tried_again() throws IOException {
        Path video = Files.writeString(directory.resolve("video.mp4"), "a video");
        var nobody = TestSettings.of(
                StorageSettings.class,
                Map.of(
                        "storyreel.storage.endpoint", "http://127.0.0.1:" + FreePorts.next(),
                        "storyreel.storage.patience", PATIENCE.toMillis() + "ms"));

        JobFailure failure = told(new S3ObjectStore(nobody).put("renders/1/video.mp4", video, "video/mp4"));

        assertThat(failure.code()).isEqualTo("storage_unavailable");
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure).hasMessageContaining("object store");
    }

    @Test
    void says_so_when_the_database_stays_away_and_lets_the_job_be_tried_again() throws IOException {
        Vertx vertx = Vertx.vertx();
        Pool nobody = Pool.newInstance(PgBuilder.pool()
                .connectingTo(new PgConnectOptions().setHost("127.0.0.1").setPort(FreePorts.next()))
                .using(vertx.getDelegate())
                .build());
        try {
            JobFailure failure = told(
                    Patience.whileAway(PATIENCE, () -> nobody.query("select 1").execute()));

            assertThat(failure.code()).isEqualTo("database_unavailable");
            assertThat(failure.isTransient()).isTrue();
            assertThat(failure).hasMessageContaining("database");
        } finally {
            vertx.closeAndAwait();
        }
    }

    @Test
    void takes_a_full_disk_for_what_it_is_although_a_download_met_it() {
        var full = Patience.whileAway(
                PATIENCE, () -> Uni.createFrom().failure(new IOException("/scratch/file-1: No space left on device")));

        assertThat(told(full).code()).isEqualTo("scratch_full");
    }

    private static JobFailure told(Uni<?> call) {
        Throwable failure =
                RenderFailures.told(catchThrowable(() -> call.await().atMost(LIMIT)));
        assertThat(failure).isInstanceOf(JobFailure.class);
        return (JobFailure) failure;
    }
}
