package io.storyreel.local.simulator.media;

import io.storyreel.local.simulator.Movie;
import io.storyreel.local.simulator.Simulator;
import io.storyreel.local.simulator.SimulatorClient;
import io.storyreel.local.simulator.task.Pace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.time.Duration;
import java.util.HashSet;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class PicturesTest {

    @ParameterizedTest
    @CsvSource({"webp", "jpg", "png"})
    void a_picture_of_one_vendor_becomes_the_clip_of_another(String format) throws Exception {
        try (var simulator = Simulator.start(Pace.instant())) {
            var replicate = new SimulatorClient(simulator.url("replicate"), Map.of("Authorization", "Bearer r8_1"));
            var fal = new SimulatorClient(simulator.url("fal"), Map.of("Authorization", "Key a:b"));
            var address = replicate
                    .post(
                            "/v1/models/black-forest-labs/flux-schnell/predictions",
                            "{\"input\":{\"prompt\":\"a barn\",\"aspect_ratio\":\"9:16\",\"megapixels\":\"0.25\","
                                    + "\"output_format\":\"" + format + "\"}}",
                            "Prefer",
                            "wait")
                    .json()
                    .at("/output/0")
                    .asText();

            var submitted = fal.post(
                            "/fal-ai/pika/v2.2/image-to-video",
                            "{\"prompt\":\"wind\",\"image_url\":\"" + address + "\"}")
                    .json();

            var status = submitted.get("status_url").asText();
            Awaitility.await()
                    .atMost(Duration.ofSeconds(20))
                    .until(() -> fal.get(status).status() == 200);
            var video = fal.get(submitted.get("response_url").asText()).json().at("/video/url");
            var movie = Movie.of(fal.get(video.asText()).raw().body());
            assertThat(movie.size()).startsWith("720x12"); // as near to 9:16 as the picture
            assertThat(simulator.purchases("fal").get(0).purchase().image()).doesNotContain("token");
        }
    }

    @Test
    void sixty_equal_clips_are_made_once() throws Exception {
        try (var simulator = Simulator.start(Pace.instant())) {
            var fal = new SimulatorClient(simulator.url("fal"), Map.of("Authorization", "Key a:b"));
            var body = "{\"prompt\":\"sixty\",\"aspect_ratio\":\"1:1\"}";
            var sizes = new HashSet<Integer>();
            for (var i = 0; i < 60; i++) {
                var submitted =
                        fal.post("/fal-ai/pika/v2.2/text-to-video", body).json();
                var status = submitted.get("status_url").asText();
                Awaitility.await()
                        .pollDelay(Duration.ZERO)
                        .until(() -> fal.get(status).status() == 200);
                sizes.add(fal.get(submitted.get("response_url").asText())
                        .json()
                        .at("/video/file_size")
                        .asInt());
            }

            assertThat(sizes).hasSize(1);
            assertThat(simulator.totals("fal").charged()).isEqualByComparingTo("12.00");
        }
    }
}
