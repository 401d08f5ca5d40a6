package io.storyreel.worker.media;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

class FfmpegTest {

    @TempDir
    Path scratch;

    private final List<Double> progress = Collections.synchronizedList(new ArrayList<>());

    @Test
    void reports_progress_up_to_the_end() {
        var ffmpeg = TestFfmpeg.start();

        ffmpeg.run(test_picture(2, TestFfmpeg.PATIENCE, "short.mp4")).await().atMost(TestFfmpeg.PATIENCE);

        assertThat(scratch.resolve("short.mp4")).isNotEmptyFile();
        assertThat(progress).isSorted().endsWith(1.0).allMatch(part -> part >= 0 && part <= 1);
    }

    @Test
    void ends_the_process_when_the_run_is_cancelled() {
        var ffmpeg = TestFfmpeg.start();
        var run = ffmpeg.run(test_picture(100_000, TestFfmpeg.PATIENCE, "endless.mp4"))
                .subscribeAsCompletionStage();
        await().until(() -> children_writing("endless.mp4") == 1 && !progress.isEmpty());

        run.cancel(false);

        await().until(() -> children_writing("endless.mp4") == 0);
    }

    @Test
    void ends_the_process_when_its_deadline_passes() {
        var ffmpeg = TestFfmpeg.start();
        var run = ffmpeg.run(test_picture(100_000, Duration.ofMillis(300), "late.mp4"));

        assertThatThrownBy(() -> run.await().atMost(TestFfmpeg.PATIENCE)).isInstanceOf(FfmpegTimedOutException.class);
        assertThat(children_writing("late.mp4")).isZero();
    }

    @Test
    void ends_every_process_at_shutdown() {
        var ffmpeg = TestFfmpeg.start();
        ffmpeg.run(test_picture(100_000, TestFfmpeg.PATIENCE, "open.mp4")).subscribeAsCompletionStage();
        await().until(() -> children_writing("open.mp4") == 1);

        ffmpeg.stopAll();

        await().until(() -> children_writing("open.mp4") == 0);
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux tells a process of its parent's death")
    void does_not_outlive_a_worker_that_is_killed() throws Exception {
        var worker = DoomedWorker.start(scratch, "orphan.mp4");
        await().until(() -> children_writing(worker.toHandle(), "orphan.mp4") == 1);
        var orphan = processes_writing(worker.toHandle(), "orphan.mp4").get(0);

        worker.destroyForcibly();

        await().until(() -> !writes(orphan, "orphan.mp4"));
    }

    @Test
    void lets_a_cancelled_run_leave_the_queue_without_ever_starting() {
        var ffmpeg = new Ffmpeg(TestFfmpeg.config(TestFfmpeg.config().path(), 1, Duration.ofMillis(100)));
        var first = ffmpeg.run(test_picture(100_000, TestFfmpeg.PATIENCE, "first.mp4"))
                .subscribeAsCompletionStage();
        await().until(() -> children_writing("first.mp4") == 1);
        var second =
                ffmpeg.run(test_picture(1, TestFfmpeg.PATIENCE, "second.mp4")).subscribeAsCompletionStage();
        var third =
                ffmpeg.run(test_picture(1, TestFfmpeg.PATIENCE, "third.mp4")).subscribeAsCompletionStage();

        second.cancel(false);
        first.cancel(false);

        assertThat(third).succeedsWithin(TestFfmpeg.PATIENCE);
        assertThat(scratch.resolve("second.mp4")).doesNotExist();
    }

    @Test
    void says_which_setting_is_wrong_when_ffmpeg_is_missing() {
        var ffmpeg = new Ffmpeg(TestFfmpeg.config("/nowhere/ffmpeg", 0, Duration.ofSeconds(1)));

        assertThatThrownBy(() -> ffmpeg.run(test_picture(1, TestFfmpeg.PATIENCE, "never.mp4"))
                        .await()
                        .atMost(TestFfmpeg.PATIENCE))
                .isInstanceOf(FfmpegMissingException.class)
                .hasMessageContaining("STORYREEL_FFMPEG");
    }

    @Test
    void gives_the_last_line_of_the_log_when_ffmpeg_fails() {
        var command = FfmpegCommand.encode(
                List.of("-f", "mov", "-i", "missing.mp4", "out.mp4"),
                scratch,
                TestFfmpeg.PATIENCE,
                Duration.ofSeconds(1),
                progress::add);

        assertThatThrownBy(() -> TestFfmpeg.start().run(command).await().atMost(TestFfmpeg.PATIENCE))
                .isInstanceOf(FfmpegFailedException.class)
                .hasMessageContaining("missing.mp4");
    }

    @Test
    void tells_a_killed_process_from_a_failed_one() {
        var ffmpeg = TestFfmpeg.start();
        CompletableFuture<FfmpegResult> run = ffmpeg.run(test_picture(100_000, TestFfmpeg.PATIENCE, "killed.mp4"))
                .subscribeAsCompletionStage();
        await().until(() -> children_writing("killed.mp4") == 1);

        processes_writing(ProcessHandle.current(), "killed.mp4").forEach(ProcessHandle::destroyForcibly);

        assertThat(run)
                .failsWithin(TestFfmpeg.PATIENCE)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(FfmpegKilledException.class)
                .withMessageContaining("signal 9");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "sends a signal by its Linux name")
    void takes_a_crash_for_a_failure_and_not_for_a_kill() throws Exception {
        CompletableFuture<FfmpegResult> run = TestFfmpeg.start()
                .run(test_picture(100_000, TestFfmpeg.PATIENCE, "crashed.mp4"))
                .subscribeAsCompletionStage();
        await().until(() -> children_writing("crashed.mp4") == 1 && !progress.isEmpty());

        for (var process : processes_writing(ProcessHandle.current(), "crashed.mp4")) {
            new ProcessBuilder("kill", "-SEGV", Long.toString(process.pid()))
                    .start()
                    .waitFor();
        }

        assertThat(run)
                .failsWithin(TestFfmpeg.PATIENCE)
                .withThrowableThat()
                .havingRootCause()
                .isInstanceOf(FfmpegFailedException.class)
                .withMessageContaining("139");
    }

    @Test
    @EnabledOnOs(value = OS.LINUX, disabledReason = "only Linux has a device that is always full")
    void recognises_a_full_disk() {
        var command = FfmpegCommand.encode(
                List.of("-f", "lavfi", "-i", "testsrc=d=5", "-f", "rawvideo", "file:/dev/full"),
                scratch,
                TestFfmpeg.PATIENCE,
                Duration.ofSeconds(5),
                progress::add);

        assertThatThrownBy(() -> TestFfmpeg.start().run(command).await().atMost(TestFfmpeg.PATIENCE))
                .isInstanceOf(ScratchFullException.class)
                .hasMessageContaining("STORYREEL_SCRATCH_DIR");
    }

    private FfmpegCommand test_picture(int seconds, Duration deadline, String output) {
        return FfmpegCommand.encode(
                List.of("-f", "lavfi", "-i", "testsrc=size=160x120:rate=10:duration=" + seconds, output),
                scratch,
                deadline,
                Duration.ofSeconds(seconds),
                progress::add);
    }

    private static long children_writing(String output) {
        return children_writing(ProcessHandle.current(), output);
    }

    private static long children_writing(ProcessHandle parent, String output) {
        return processes_writing(parent, output).size();
    }

    private static List<ProcessHandle> processes_writing(ProcessHandle parent, String output) {
        return parent.children().filter(child -> writes(child, output)).toList();
    }

    /** By its arguments: a dead process that nobody has collected yet counts as alive, but has none. */
    private static boolean writes(ProcessHandle process, String output) {
        return process.info().arguments().stream()
                .anyMatch(arguments -> List.of(arguments).contains(output));
    }
}
