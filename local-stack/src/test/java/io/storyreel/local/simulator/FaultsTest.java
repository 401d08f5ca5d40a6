package io.storyreel.local.simulator;

import com.fasterxml.jackson.databind.JsonNode;
import io.storyreel.local.simulator.log.CallEntry;
import io.storyreel.local.simulator.task.Pace;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.awt.Color;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpTimeoutException;
import java.time.Duration;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Every fault, seen by a client of Runway's protocol. */
class FaultsTest extends OnSimulator {

    private static final Map<String, String> HEADERS =
            Map.of("Authorization", "Bearer key_1", "X-Runway-Version", "2024-11-06");
    private static final SimulatorClient FILES = new SimulatorClient("", Map.of());
    private static SimulatorClient runway;
    private static String picture;

    @BeforeAll
    static void start() throws Exception {
        runway = new SimulatorClient(simulator.url("runway"), HEADERS);
        picture = SimulatorClient.picture(Color.PINK);
    }

    private static void script(String rules) {
        simulator.faults("{\"runway\":{\"script\":[" + rules + "]}}");
    }

    private static SimulatorClient.Reply submit(String prompt) throws IOException, InterruptedException {
        return runway.post(
                "/v1/image_to_video",
                "{\"model\":\"gen4_turbo\",\"ratio\":\"960:960\",\"duration\":2,\"promptText\":\"" + prompt
                        + "\",\"promptImage\":\"" + picture + "\"}");
    }

    private static JsonNode task(String id) throws IOException, InterruptedException {
        return runway.get("/v1/tasks/" + id).json();
    }

    private static JsonNode finished() throws Exception {
        var id = submit("waves").json().get("id").asText();
        return await(() -> task(id), "SUCCEEDED");
    }

    private static JsonNode running() throws Exception {
        simulator.pace("runway", Pace.exactly(Duration.ZERO, Duration.ofHours(1)));
        return submit("waves").json();
    }

    @ParameterizedTest
    @CsvSource({"reset,0", "reset_after,1"})
    void a_connection_breaks_before_or_after_the_task_is_made(String fault, int bought) {
        script("{\"on\":\"submit\",\"fault\":\"" + fault + "\"}");

        assertThatThrownBy(() -> submit("waves")).isInstanceOf(IOException.class);

        Awaitility.await().until(() -> simulator.calls("runway").size() == 1);
        assertThat(simulator.purchases("runway")).hasSize(bought);
        CallEntry call = simulator.calls("runway").get(0);
        assertThat(call.status()).isZero();
        assertThat(call.fault()).isEqualTo(fault);
        assertThat(call.task().isEmpty()).isEqualTo(bought == 0);
    }

    @Test
    void a_late_answer_comes_after_the_task_is_made_and_a_hanging_one_never() {
        script("{\"on\":\"submit\",\"fault\":\"late\",\"seconds\":30},{\"on\":\"submit\",\"fault\":\"hang\"}");
        var impatient = HttpClient.newHttpClient();
        var request = HttpRequest.newBuilder(URI.create(simulator.url("runway") + "/v1/text_to_video"))
                .timeout(Duration.ofMillis(300))
                .header("Authorization", "Bearer key_1")
                .header("X-Runway-Version", "2024-11-06")
                .header("Content-Type", "application/json")
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"model\":\"gen4.5\",\"promptText\":\"x\",\"duration\":2," + "\"ratio\":\"1280:720\"}"))
                .build();

        for (var i = 0; i < 2; i++) {
            assertThatThrownBy(() -> impatient.send(request, HttpResponse.BodyHandlers.ofString()))
                    .isInstanceOf(HttpTimeoutException.class);
        }

        assertThat(simulator.faultsLeft("runway")).isZero();
    }

    @Test
    void a_slow_answer_is_right_in_the_end() throws Exception {
        script("{\"on\":\"submit\",\"fault\":\"slow\",\"seconds\":0.1}");

        assertThat(submit("waves").status()).isEqualTo(200);
        assertThat(simulator.calls("runway").get(0).milliseconds()).isGreaterThanOrEqualTo(100);
    }

    @ParameterizedTest
    @ValueSource(strings = {"html", "bad_json", "huge"})
    void an_answer_may_be_no_json(String fault) throws Exception {
        var id = running().get("id").asText();
        script("{\"on\":\"poll\",\"fault\":\"" + fault + "\"}");

        var reply = runway.get("/v1/tasks/" + id);

        assertThat(reply.status()).isEqualTo(200);
        switch (fault) {
            case "huge" -> assertThat(reply.raw().body().length).isGreaterThan(4_000_000);
            case "html" -> assertThat(reply.text()).startsWith("<!DOCTYPE html>");
            default -> assertThatThrownBy(reply::json).isInstanceOf(IOException.class);
        }
    }

    @Test
    void an_answer_may_lead_elsewhere() throws Exception {
        script("{\"on\":\"submit\",\"fault\":\"redirect\",\"location\":\"http://127.0.0.1:9/steal\"}");

        var reply = submit("waves");

        assertThat(reply.status()).isEqualTo(302);
        assertThat(reply.header("location")).isEqualTo("http://127.0.0.1:9/steal");
    }

    @Test
    void a_stuck_task_stays_at_forty_percent_and_stops_nobody_else() throws Exception {
        simulator.pace("runway", Pace.instant().withConcurrency(1));
        script("{\"fault\":\"stuck\"}");
        var stuck = submit("waves").json().get("id").asText();

        assertThat(finished().get("status").asText()).isEqualTo("SUCCEEDED");
        assertThat(task(stuck).get("status").asText()).isEqualTo("RUNNING");
        assertThat(task(stuck).get("progress").asDouble()).isEqualTo(0.4);
    }

    @Test
    void a_late_result_takes_longer_than_the_pace() throws Exception {
        script("{\"fault\":\"late_result\",\"seconds\":3600}");

        assertThat(task(submit("waves").json().get("id").asText()).get("status").asText())
                .isEqualTo("RUNNING");
    }

    @Test
    void a_running_tasks_answer_may_be_strange() throws Exception {
        var id = running().get("id").asText();
        script("{\"fault\":\"unknown_state\"},{\"fault\":\"progress_above_one\"},{\"fault\":\"money_text\"},"
                + "{\"fault\":\"money_null\"}");

        assertThat(task(id).get("status").asText()).isEqualTo("PONDERING");
        assertThat(task(id).get("progress").asDouble()).isGreaterThan(1);
        assertThat(task(id).at("/estimatedCost/credits").isTextual()).isTrue();
        assertThat(task(id).get("estimatedCost").isNull()).isTrue();
        assertThat(task(id).at("/estimatedCost/credits").isNumber()).isTrue();
    }

    @Test
    void an_old_answer_may_come_again_and_an_output_be_missing() throws Exception {
        simulator.pace("runway", Pace.exactly(Duration.ZERO, Duration.ofMillis(200)));
        var id = submit("waves").json().get("id").asText();
        assertThat(task(id).get("status").asText()).isEqualTo("RUNNING");
        Awaitility.await().until(() -> task(id).get("status").asText().equals("SUCCEEDED"));
        script("{\"on\":\"poll\",\"fault\":\"duplicate\"},{\"fault\":\"missing_output\"}");

        assertThat(task(id).get("status").asText()).isEqualTo("RUNNING");
        assertThat(task(id).has("output")).isFalse();
        assertThat(task(id).at("/output/0").asText()).contains(id);
    }

    @Test
    void a_download_goes_wrong_in_every_way_and_then_well() throws Exception {
        var address = finished().at("/output/0").asText();
        var whole = FILES.get(address).raw().body();

        script("{\"fault\":\"truncated\"},{\"fault\":\"tiny\"},{\"fault\":\"corrupt\"},"
                + "{\"fault\":\"no_content_length\"},{\"on\":\"download\",\"fault\":\"html\"},"
                + "{\"on\":\"download\",\"fault\":\"503\"}");
        assertThat(FILES.get(address).raw().body()).hasSize(whole.length / 2);
        assertThat(FILES.get(address).raw().body()).hasSize(500);
        assertThat(FILES.get(address).raw().body()).hasSameSizeAs(whole).isNotEqualTo(whole);
        var undeclared = FILES.get(address);
        assertThat(undeclared.header("content-length")).isEmpty();
        assertThat(undeclared.raw().body()).isEqualTo(whole);
        assertThat(FILES.get(address).header("content-type")).startsWith("text/html");
        assertThat(FILES.get(address).status()).isEqualTo(503);

        script("{\"fault\":\"cut\"},{\"fault\":\"wrong_length\"}");
        assertThatThrownBy(() -> FILES.get(address)).isInstanceOf(IOException.class);
        assertThatThrownBy(() -> FILES.get(address)).isInstanceOf(IOException.class);
        assertThat(FILES.get(address).raw().body()).isEqualTo(whole);
    }

    @Test
    void a_download_can_be_taken_up_again_in_its_middle() throws Exception {
        var address = finished().at("/output/0").asText();
        var whole = FILES.get(address).raw().body();

        var rest = FILES.get(address, "Range", "bytes=100-");
        var last = FILES.get(address, "Range", "bytes=-10");

        assertThat(rest.status()).isEqualTo(206);
        assertThat(rest.header("content-range")).isEqualTo("bytes 100-" + (whole.length - 1) + "/" + whole.length);
        assertThat(rest.raw().body()).hasSize(whole.length - 100);
        assertThat(last.raw().body()).hasSize(10);
        assertThat(FILES.get(address, "Range", "bytes=" + whole.length + "-").status())
                .isEqualTo(416);
        assertThat(FILES.call("HEAD", address, "").header("content-length")).isEqualTo(Integer.toString(whole.length));
    }

    @Test
    void an_endless_download_declares_ten_gigabytes() throws Exception {
        var address = finished().at("/output/0").asText();
        script("{\"fault\":\"endless\"}");

        var answer = HttpClient.newHttpClient()
                .send(HttpRequest.newBuilder(URI.create(address)).build(), HttpResponse.BodyHandlers.ofInputStream());

        try (var body = answer.body()) {
            assertThat(answer.headers().firstValueAsLong("content-length")).hasValue(10L << 30);
            assertThat(body.readNBytes(5_000_000)).hasSize(5_000_000);
        }
    }

    @Test
    void an_expired_address_stays_so_and_the_task_gives_a_new_one() throws Exception {
        var task = finished();
        var address = task.at("/output/0").asText();
        script("{\"fault\":\"expired\"}");

        assertThat(FILES.get(address).status()).isEqualTo(403);
        assertThat(FILES.get(address).status()).isEqualTo(403);
        var renewed = task(task.get("id").asText()).at("/output/0").asText();
        assertThat(FILES.get(renewed).status()).isEqualTo(200);
        simulator.expireAddresses("runway");
        assertThat(FILES.get(renewed).status()).isEqualTo(403);
    }

    @Test
    void a_rule_waits_matches_and_repeats() throws Exception {
        script("{\"on\":\"submit\",\"fault\":\"500\",\"match\":\"storm\",\"skip\":1,\"times\":2}");

        assertThat(submit("storm").status()).isEqualTo(200);
        assertThat(submit("calm").status()).isEqualTo(200);
        assertThat(submit("storm").status()).isEqualTo(500);
        assertThat(submit("calm").status()).isEqualTo(200);
        assertThat(submit("storm").status()).isEqualTo(500);
        assertThat(submit("storm").status()).isEqualTo(200);
    }

    @Test
    void a_rate_hits_its_share_with_each_fault_in_its_turn() throws Exception {
        simulator.faults("{\"runway\":{\"rate\":{\"probability\":0.5,\"faults\":[\"500\",\"429\",\"expired\"],"
                + "\"on\":[\"other\"],\"seed\":7}}}");
        var statuses = new int[600];
        for (var i = 0; i < 200; i++) {
            statuses[runway.get("/v1/organization").status()]++;
        }

        assertThat(statuses[500] + statuses[429]).isBetween(70, 130);
        assertThat(statuses[500] - statuses[429]).isBetween(0, 1);
        assertThat(statuses[200]).isEqualTo(200 - statuses[500] - statuses[429]);
        assertThat(submit("waves").status()).isEqualTo(200);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"luma\":{}}",
                "{\"runway\":{\"script\":[{\"fault\":\"earthquake\"}]}}",
                "{\"runway\":{\"script\":[{\"fault\":\"500\",\"on\":\"tuesday\"}]}}",
                "{\"runway\":{\"script\":[{\"fault\":\"truncated\",\"on\":\"submit\"}]}}",
                "{\"runway\":{\"script\":[{\"fault\":\"500\",\"often\":1}]}}",
                "{\"runway\":{\"rate\":{\"probability\":2}}}",
                "{\"runway\":{\"rat\":{}}}"
            })
    void faults_that_make_no_sense_are_refused(String json) throws Exception {
        var control = new SimulatorClient(simulator.url(), Map.of());

        var refused = control.call("PUT", "/simulator/faults", json);

        assertThat(refused.status()).isEqualTo(400);
        assertThat(refused.json().get("error").asText()).isNotBlank();
    }
}
