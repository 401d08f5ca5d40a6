package io.storyreel.local.simulator;

import io.storyreel.local.simulator.task.Pace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import javax.imageio.ImageIO;
import java.io.ByteArrayInputStream;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ControlDeskTest {

    private static final String ORDER =
            "{\"model\":\"gen4.5\",\"promptText\":\"a lake\",\"duration\":2,\"ratio\":\"1280:720\"}";
    private Simulator simulator;
    private SimulatorClient control;
    private SimulatorClient runway;

    @BeforeEach
    void start() throws Exception {
        simulator = Simulator.start(Pace.exactly(Duration.ZERO, Duration.ofMillis(50)));
        control = new SimulatorClient(simulator.url(), Map.of());
        runway = new SimulatorClient(
                simulator.url("runway"), Map.of("Authorization", "Bearer key_1", "X-Runway-Version", "2024-11-06"));
    }

    @AfterEach
    void stop() {
        simulator.close();
    }

    @Test
    void logs_calls_and_purchases_and_adds_up_what_was_charged() throws Exception {
        runway.post("/v1/text_to_video", ORDER);
        runway.post("/v1/text_to_video", ORDER);
        runway.post("/v1/text_to_video", "{}");

        // What is due is charged, although nobody asks for it.
        Awaitility.await().until(() -> control.get("/simulator/calls")
                .json()
                .at("/totals/runway/charged_usd")
                .asText()
                .equals("0.48"));
        var bought = control.get("/simulator/calls?provider=runway&kind=purchase")
                .json()
                .get("calls");
        assertThat(bought).hasSize(2);
        assertThat(bought.at("/0/purchase/scene")).isEqualTo(bought.at("/1/purchase/scene"));
        assertThat(bought.at("/0/purchase/price_usd").asText()).isEqualTo("0.24");
        assertThat(bought.at("/0/purchase/prompt").asText()).isEqualTo("a lake");
        var all = control.get("/simulator/calls?provider=runway&kind=submit").json();
        assertThat(all.get("calls")).hasSize(3);
        assertThat(all.at("/calls/2/status").asInt()).isEqualTo(400);
        assertThat(all.at("/totals/runway/purchases").asInt()).isEqualTo(2);
        assertThat(control.get("/simulator/tasks?provider=runway").json().get("tasks"))
                .hasSize(2);

        assertThat(control.call("DELETE", "/simulator/calls", "").status()).isEqualTo(204);
        assertThat(control.get("/simulator/calls").json().get("calls")).isEmpty();
    }

    @Test
    void changes_the_pace_of_one_or_all() throws Exception {
        var changed = control.call(
                "PUT",
                "/simulator/settings",
                "{\"*\":{\"run_seconds\":[60,90]},\"fal\":{\"concurrency\":2,\"queue_seconds\":0.5}}");

        assertThat(changed.status()).isEqualTo(200);
        assertThat(changed.json().at("/runway/run_seconds/1").asDouble()).isEqualTo(90);
        assertThat(changed.json().at("/fal/concurrency").asInt()).isEqualTo(2);
        var id = runway.post("/v1/text_to_video", ORDER).json().get("id").asText();
        assertThat(runway.get("/v1/tasks/" + id).json().get("status").asText()).isEqualTo("RUNNING");
        assertThat(control.call("PUT", "/simulator/settings", "{\"fal\":{\"concurrency\":0}}")
                        .status())
                .isEqualTo(400);
        assertThat(control.call("PUT", "/simulator/settings", "{\"fal\":{\"speed\":1}}")
                        .status())
                .isEqualTo(400);
    }

    @Test
    void has_a_picture_and_music_to_play_with() throws Exception {
        var picture = control.get("/assets/sample.png");
        var music = control.get("/assets/sample.mp3");

        assertThat(picture.header("content-type")).isEqualTo("image/png");
        assertThat(ImageIO.read(new ByteArrayInputStream(picture.raw().body())).getWidth())
                .isEqualTo(1280);
        assertThat(music.header("content-type")).isEqualTo("audio/mpeg");
        assertThat(Movie.of(music.raw().body()).hasSound()).isTrue();
        assertThat(control.get("/nothing").status()).isEqualTo(404);
    }

    @Test
    void sets_shows_and_clears_faults() throws Exception {
        var rule = "{\"on\":\"poll\",\"fault\":\"503\",\"times\":3}";
        control.call("PUT", "/simulator/faults", "{\"runway\":{\"script\":[" + rule + "]}}");

        assertThat(control.get("/simulator/faults")
                        .json()
                        .at("/runway/script/0/times")
                        .asInt())
                .isEqualTo(3);
        assertThat(control.call("DELETE", "/simulator/faults", "").status()).isEqualTo(204);
        assertThat(control.get("/simulator/faults").json()).isEmpty();
    }
}
