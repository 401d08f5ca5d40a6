package io.storyreel.worker.render;

import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Resolution;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.Transition;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.media.TestFfmpeg;
import io.storyreel.worker.run.JobResult;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RenderHandlerTest extends OnPostgres {
    @TempDir
    Path directory;

    private RenderStagesFixture stages;

    @BeforeEach
    void build() {
        stages = new RenderStagesFixture(postgres, directory.resolve("objects"), null);
    }

    @Test
    void passes_a_mock_render_through_its_stages_and_the_ledger() {
        var run = new RecordedRun(postgres.claimed("mock", storyboard(scene(1, asset("a")))), directory);

        JobResult result = stages.handler.handle(run).await().atMost(RealPostgres.LIMIT);

        assertThat(run.percentages()).containsExactly(10, 30, 60, 90);
        assertThat(run.usedScratch()).isFalse();
        JsonObject video = new JsonObject(result.resultJson()).getJsonObject("video");
        assertThat(stages.store.path(video.getString("key"))).hasSize(video.getLong("size"));
        var tasks = postgres.rows(
                "select * from provider_task where job_id = $1",
                Tuple.of(run.job().id()));
        assertThat(tasks).hasSize(1);
        assertThat(tasks.get(0).getString("state")).isEqualTo("succeeded");
        assertThat(tasks.get(0).getString("provider_task_id")).startsWith("mock-");
    }

    @Test
    void stores_the_video_of_all_mock_renders_once() {
        for (int i = 0; i < 3; i++) {
            var run = new RecordedRun(postgres.claimed("mock", storyboard(scene(1, asset("a")))), directory);
            stages.handler.handle(run).await().atMost(RealPostgres.LIMIT);
        }

        assertThat(stages.store.puts).hasSize(2);
    }

    @Test
    void renders_an_uploaded_picture_into_a_video() {
        String image = uploadedPicture();
        var run = new RecordedRun(postgres.claimed("local", storyboard(scene(1, image))), directory);

        JobResult result = stages.handler.handle(run).await().atMost(RealPostgres.LIMIT);

        JsonObject json = new JsonObject(result.resultJson());
        assertThat(json.getJsonObject("video").getString("key"))
                .isEqualTo("renders/" + run.job().id() + "/video.mp4");
        assertThat(json.getJsonObject("video").getInteger("width")).isEqualTo(854);
        assertThat(json.getJsonObject("video").getDouble("seconds")).isEqualTo(1.0);
        assertThat(stages.store.path(json.getJsonObject("poster").getString("key")))
                .isNotEmptyFile();
        assertThat(json.containsKey("captions")).isFalse();
        assertThat(result.costActual()).isZero();
        assertThat(run.percentages()).isSorted().allMatch(percent -> percent < 100);
    }

    private String uploadedPicture() {
        TestFfmpeg.make(directory, "-f", "lavfi", "-i", "testsrc=s=640x360:d=1", "-frames:v", "1", "picture.png");
        String name = "b".repeat(64);
        stages.store
                .put(ObjectKeys.content(name, "png"), directory.resolve("picture.png"), "image/png")
                .await()
                .atMost(RealPostgres.LIMIT);
        return asset("b");
    }

    private static String asset(String digit) {
        return "asset://sha256/" + digit.repeat(64) + ".png";
    }

    private static Scene scene(int index, String image) {
        return new Scene(index, image, null, 1.0, Transition.NONE, null, null, null);
    }

    private static Storyboard storyboard(Scene... scenes) {
        return new Storyboard(List.of(scenes), List.of(), null, new OutputSpec(Resolution.P480, null, 25, null), null);
    }
}
