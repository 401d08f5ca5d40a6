package io.storyreel.api;

import io.storyreel.common.storage.ObjectStore;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.UUID;

/** What a worker leaves behind when a render comes to its end, without the work. */
@ApplicationScoped
public class FinishedRender {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final Pool pool;
    private final ObjectStore store;

    FinishedRender(Pool pool, ObjectStore store) {
        this.pool = pool;
        this.store = store;
    }

    /** Video, poster and captions are there; the video has these bytes. */
    void complete(String job, byte[] video) {
        put(job, "video.mp4", video);
        put(job, "poster.jpg", new byte[] {1, 2, 3});
        put(job, "captions.srt", "srt".getBytes(StandardCharsets.UTF_8));
        put(job, "captions.vtt", "WEBVTT".getBytes(StandardCharsets.UTF_8));
        String key = "renders/" + job + "/";
        execute(
                "update job set status = 'completed', progress = 100, attempts = 3, started_at = now(),"
                        + " completed_at = now(), cost_actual = 0.5, message = 'Completed', result = $2::text::jsonb"
                        + " where id = $1",
                UUID.fromString(job),
                "{\"video\": {\"key\": \"" + key + "video.mp4\", \"media_type\": \"video/mp4\", \"size\": "
                        + video.length + ", \"sha256\": \""
                        + job.replace("-", "").repeat(2)
                        + "\", \"seconds\": 4.2, \"width\": 854, \"height\": 480}, \"poster\": {\"key\": \"" + key
                        + "poster.jpg\"}, \"captions\": {\"srt\": \"" + key + "captions.srt\", \"vtt\": \"" + key
                        + "captions.vtt\"}, \"warnings\": []}");
    }

    void fail(String job, int scene, String message) {
        execute(
                "update job set status = 'failed', error_code = 'unusable_image', error_message = $2, message = $2,"
                        + " completed_at = now(), last_event = last_event + 1 where id = $1",
                UUID.fromString(job),
                message);
        event(job, "failed", scene);
    }

    void run(String job, String stage, int scene) {
        execute(
                "update job set status = 'processing', stage = $2, scenes_completed = $3, message = 'Rendering',"
                        + " attempts = 1, started_at = now(), last_event = last_event + 1 where id = $1",
                UUID.fromString(job),
                stage,
                scene - 1);
        event(job, "progress", scene);
    }

    private void event(String job, String type, int scene) {
        execute(
                "insert into job_event (job_id, seq, type, status, progress, scene)"
                        + " select id, last_event, $2, status, 50, $3 from job where id = $1",
                UUID.fromString(job),
                type,
                scene);
    }

    /** Takes the last download of the project back. */
    void uncount(String project) {
        execute("update download_count set downloads = downloads - 1 where project_id = $1", UUID.fromString(project));
    }

    private void put(String job, String name, byte[] bytes) {
        try {
            Path file = Files.write(Files.createTempFile("render", name), bytes);
            store.put("renders/" + job + "/" + name, file, "application/octet-stream")
                    .await()
                    .atMost(SOON);
            Files.delete(file);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private void execute(String sql, Object... values) {
        pool.preparedQuery(sql).execute(Tuple.from(values)).await().atMost(SOON);
    }
}
