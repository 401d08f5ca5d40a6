package io.storyreel.worker.media;

import org.eclipse.microprofile.health.HealthCheckResponse.Status;
import org.junit.jupiter.api.Test;

import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;

class FfmpegReadinessTest {

    @Test
    void is_ready_with_an_ffmpeg_that_can_do_all_it_is_asked() {
        var readiness = new FfmpegReadiness(TestFfmpeg.start());

        var response = readiness.call().await().atMost(TestFfmpeg.PATIENCE);

        assertThat(response.getStatus()).isEqualTo(Status.UP);
        assertThat(response.getData().orElseThrow()).containsKey("version");
    }

    @Test
    void is_not_ready_without_ffmpeg_and_says_what_to_set() {
        var readiness = new FfmpegReadiness(new Ffmpeg(TestFfmpeg.config("/nowhere/ffmpeg", 0, Duration.ofSeconds(1))));

        var response = readiness.call().await().atMost(TestFfmpeg.PATIENCE);

        assertThat(response.getStatus()).isEqualTo(Status.DOWN);
        assertThat(response.getData().orElseThrow().get("reason").toString()).contains("STORYREEL_FFMPEG");
    }

    @Test
    void names_the_filters_a_build_lacks() {
        var reader = new FfmpegInventory.Reader();
        reader.line("ffmpeg version 4.4.1-static https://example.org Copyright");
        reader.line(" .S. xfade             VV->V      Cross fade one video with another video.");

        var inventory = reader.inventory();

        assertThat(inventory.version()).isEqualTo("4.4.1-static");
        assertThat(inventory.missing()).contains("perspective", "libx264").doesNotContain("xfade");
    }
}
