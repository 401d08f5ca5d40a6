package io.storyreel.worker.render;

import com.sun.net.httpserver.HttpServer;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Resolution;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.media.TestFfmpeg;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.JobResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;
import static org.awaitility.Awaitility.await;

/** What goes wrong in the middle of a render: a killed ffmpeg, a full disk, a picture that arrives by half. */
class LateTroubleTest extends OnPostgres {
    private static final Path ALWAYS_FULL = Path.of("/dev/full");

    @TempDir
    Path directory;

    private RenderStagesFixture stages;
    private HttpServer web;
    private byte[] picture;

    @BeforeEach
    void serve() throws IOException {
        stages = new RenderStagesFixture(postgres, directory.resolve("objects"), null);
        TestFfmpeg.make(directory, "-f", "lavfi", "-i", "testsrc=s=640x360:d=1", "-frames:v", "1", "picture.png");
        picture = Files.readAllBytes(directory.resolve("picture.png"));
        byte[] half = Arrays.copyOf(picture, picture.length / 2);
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        serve("/whole.png", picture.length, picture);
        serve("/half.png", half.length, half);
        serve("/breaks-off.png", picture.length, half);
        web.start();
    }

    @AfterEach
    void stopServing() {
        web.stop(0);
    }

    @Test
    void tries_again_after_ffmpeg_was_killed_in_the_middle_of_composing() {
        var run = run("/whole.png", 40.0);
        var rendering = stages.handler.handle(run).subscribeAsCompletionStage();
        await().atMost(RealPostgres.LIMIT)
                .until(() -> !TestFfmpeg.composingIn(run.scratch()).isEmpty());

        TestFfmpeg.composingIn(run.scratch()).forEach(ProcessHandle::destroyForcibly);

        JobFailure failure = failure(() -> rendering.join());
        assertThat(failure.code()).isEqualTo("ffmpeg_killed");
        assertThat(failure.isTransient()).isTrue();
        assertThat(handle(new RecordedRun(run.job(), directory, run.steps)).resultJson())
                .contains("\"seconds\":40.0");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a device that is always full")
    void says_so_when_the_disk_is_full_while_composing() throws IOException {
        var run = run("/whole.png", 1.0);
        fillUp(run, "mp4");

        JobFailure failure = failure(() -> handle(run));

        assertThat(failure.code()).isEqualTo("scratch_full");
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure).hasMessageContaining("STORYREEL_SCRATCH_DIR");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a device that is always full")
    void says_so_when_the_disk_is_full_while_a_picture_arrives() throws IOException {
        var run = run("/whole.png", 1.0);
        fillUp(run, "download");

        JobFailure failure = failure(() -> handle(run));

        assertThat(failure.code()).isEqualTo("scratch_full");
        assertThat(failure.isTransient()).isTrue();
    }

    @Test
    void tries_again_when_the_transfer_of_a_picture_breaks_off() {
        JobFailure failure = failure(() -> handle(run("/breaks-off.png", 1.0)));

        assertThat(failure.code()).isEqualTo("unreachable_file");
        assertThat(failure.isTransient()).isTrue();
        assertThat(failure)
                .hasMessageStartingWith("storyboard[scene_index=7].image_url: the transfer broke off")
                .hasMessageEndingWith("of " + picture.length + " bytes");
    }

    @Test
    void refuses_a_picture_that_lies_cut_off_at_its_address() {
        JobFailure failure = failure(() -> handle(run("/half.png", 1.0)));

        assertThat(failure.code()).isEqualTo("unusable_image");
        assertThat(failure.isTransient()).isFalse();
        assertThat(failure).hasMessageStartingWith("storyboard[scene_index=7].image_url: the file ");
    }

    private void serve(String path, int announced, byte[] sent) {
        web.createContext(path, exchange -> {
            exchange.sendResponseHeaders(200, announced);
            exchange.getResponseBody().write(sent);
            exchange.close();
        });
    }

    private RecordedRun run(String path, double seconds) {
        String url = "http://127.0.0.1:" + web.getAddress().getPort() + path;
        var scene = new Scene(7, url, null, seconds, null, null, null, null);
        var story =
                new Storyboard(List.of(scene), List.of(), null, new OutputSpec(Resolution.P480, null, 25, null), null);
        return new RecordedRun(postgres.claimed("local", story), directory);
    }

    /** Whatever the render writes under such a name goes to a device without space. */
    private static void fillUp(RecordedRun run, String extension) throws IOException {
        for (int number = 1; number < 10; number++) {
            Files.createSymbolicLink(run.scratch().resolve("file-" + number + "." + extension), ALWAYS_FULL);
        }
    }

    private JobResult handle(RecordedRun run) {
        return stages.handler.handle(run).await().atMost(RealPostgres.LIMIT);
    }

    private static JobFailure failure(Runnable render) {
        Throwable failure = catchThrowable(render::run);
        Throwable told = failure instanceof JobFailure ? failure : failure.getCause();
        assertThat(told).isInstanceOf(JobFailure.class);
        return (JobFailure) told;
    }
}
