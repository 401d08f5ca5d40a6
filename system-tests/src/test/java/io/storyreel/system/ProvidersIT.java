package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.client.ApiException;
import io.storyreel.local.simulator.log.CallEntry;
import io.storyreel.local.simulator.task.Pace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.awt.Color;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

/** Renders that others are paid for: what is bought, from whom, how often and for how much. */
class ProvidersIT {
    private static final Color[] COLOURS = {new Color(210, 60, 60), new Color(40, 170, 60), new Color(190, 180, 40)};
    private static final List<String> SPEAKERS = SpokenLedger.SPEAKERS;

    @TempDir
    static Path directory;

    private static RunningPair pair;
    private static Films films;
    private static List<String> pictures;

    private Ledger ledger;

    @BeforeAll
    static void start() throws Exception {
        Pace quick = Pace.exactly(Duration.ofMillis(200), Duration.ofMillis(300));
        pair = new RunningPair(directory, 1, quick, Impatience.settings()).start();
        films = new Films(pair);
        pictures = new ArrayList<>();
        for (Color colour : COLOURS) {
            pictures.add(films.upload(films.picture(colour, 640, 360)));
        }
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @BeforeEach
    void providers_are_well_and_their_books_empty() throws Exception {
        pair.simulator.reset();
        ledger = new Ledger(pair);
    }

    @ParameterizedTest
    @CsvSource({
        "runway, 5B2BB5, openai",
        "pika, B5472B, elevenlabs",
        "replicate, 1F6F54, azure",
        "custom, 2B6CB5, custom"
    })
    void a_film_is_made_of_what_was_bought_once(String provider, String mark, String speaker) throws Exception {
        for (String silent : SPEAKERS.subList(0, Math.max(0, SPEAKERS.indexOf(speaker)))) {
            pair.simulator.faults("{\"%s\":{\"rate\":{\"probability\":1,\"faults\":[\"503\"]}}}".formatted(silent));
        }
        ObjectNode film = film("Bought of " + provider, 2);
        film.withArray("script").addObject().put("text", "Bought of " + provider + ".");

        String job = films.render(films.create(film), provider);

        JsonNode finished = films.finished(job);
        assertThat(finished.get("status").asText())
                .as(finished.toPrettyString())
                .isEqualTo("completed");
        Measured video = films.video(finished);
        assertThat(video.picture()).isEqualTo("h264 yuv420p 854x480");
        assertThat(video.frames() / 24.0).isCloseTo(4, within(0.25));
        assertThat(video.onsets().get(0)).as("when the line is heard").isCloseTo(0, within(0.3));
        for (double second : new double[] {1, 3}) {
            assertMark(video.markAt(second), new Color(Integer.parseInt(mark, 16)));
        }
        List<CallEntry> bought = pair.simulator.purchases(Ledger.BOOKS.get(provider));
        assertThat(bought).hasSize("custom".equals(provider) ? 1 : 2);
        assertThat(bought.stream().map(entry -> entry.purchase().scene())).doesNotHaveDuplicates();
        assertThat(SPEAKERS).allSatisfy(vendor -> assertThat(pair.simulator.purchases(vendor))
                .as("lines spoken by %s", vendor)
                .hasSize(vendor.equals(speaker) ? 1 : 0));
        BigDecimal charged = Stream.concat(Ledger.BOOKS.values().stream(), SPEAKERS.stream())
                .map(vendor -> pair.simulator.totals(vendor).charged())
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        assertThat(charged).isPositive();
        assertThat(ledger.charged(job)).isEqualByComparingTo(charged);
        assertThat(finished.get("cost").get("actual").decimalValue())
                .isEqualByComparingTo(charged.setScale(2, RoundingMode.HALF_UP));
    }

    @Test
    void one_scene_of_six_refined_is_the_only_one_bought_again() throws Exception {
        ObjectNode film = film("Refined", 6);
        String project = films.create(film);
        ObjectNode wish = Films.JSON.createObjectNode().put("provider", "runway");
        assertThat(films.finished(films.render(project, wish)).get("status").asText())
                .isEqualTo("completed");
        assertThat(pair.simulator.purchases("runway")).hasSize(6);
        String before = films.plan(project, wish).get("digest").asText();

        ((ObjectNode) film.get("storyboard").get(3)).put("description", "Refined, and with birds");
        ObjectNode changes = Films.JSON.createObjectNode();
        changes.set("storyboard", film.get("storyboard"));
        films.patch(project, changes);
        films.patch(project, Films.JSON.createObjectNode().put("approved", true));
        JsonNode plan = films.plan(project, wish);

        assertThat(plan.get("scenes").findValuesAsText("decision"))
                .containsExactly("reuse", "reuse", "reuse", "new", "reuse", "reuse");
        assertThat(plan.get("total").decimalValue()).isEqualByComparingTo("0.10");
        ApiException stale = catchThrowableOfType(
                ApiException.class, () -> films.render(project, wish.deepCopy().put("plan_digest", before)));
        assertThat(stale.problem().status()).isEqualTo(409);
        assertThat(stale.problem().code()).isEqualTo("stale_plan");

        JsonNode job = films.finished(films.render(
                project, wish.deepCopy().put("plan_digest", plan.get("digest").asText())));

        assertThat(job.get("status").asText()).as(job.toPrettyString()).isEqualTo("completed");
        assertThat(pair.simulator.purchases("runway")).hasSize(7);
        assertThat(job.get("cost").get("actual").decimalValue()).isEqualByComparingTo("0.10");
        ledger.compare("runway").assertAgree();
    }

    @Test
    void scenes_go_to_the_fallback_when_the_provider_is_down_and_the_history_says_so_with_the_price() throws Exception {
        pair.simulator.faults("{\"runway\":{\"rate\":{\"probability\":1,\"faults\":[\"503\"]}}}");
        ObjectNode wish = Films.JSON.createObjectNode().put("provider", "runway");
        wish.putArray("fallback").add("pika");

        String job = films.render(films.create(film("Down", 2)), wish);

        JsonNode finished = films.finished(job);
        assertThat(finished.get("status").asText())
                .as(finished.toPrettyString())
                .isEqualTo("completed");
        assertThat(pair.simulator.purchases("runway")).isEmpty();
        assertThat(pair.simulator.purchases("fal")).hasSize(2);
        assertThat(finished.get("cost").get("actual").decimalValue()).isEqualByComparingTo("0.40");
        for (String scene : new String[] {"Scene 1", "Scene 2"}) {
            assertThat(films.messages(job)).as("the hop of %s", scene).anySatisfy(message -> assertThat(message)
                    .startsWith(scene + " is made by pika instead of runway, for 0.2 USD: "));
        }
        ledger.compare("pika").assertAgree();
    }

    @Test
    void content_that_is_refused_goes_to_nobody_else_and_costs_nothing() throws Exception {
        pair.simulator.faults(
                "{\"runway\":{\"script\":[{\"on\":\"submit\",\"fault\":\"refusal\",\"match\":\"Scene 2\"}]}}");
        ObjectNode wish = Films.JSON.createObjectNode().put("provider", "runway");
        wish.putArray("fallback").add("pika").add("local");

        JsonNode job = films.finished(films.render(films.create(film("Refused", 2)), wish));

        assertThat(job.get("status").asText()).isEqualTo("failed");
        assertThat(job.get("error_code").asText()).isEqualTo("content_refused");
        assertThat(job.get("error_message").asText())
                .startsWith("Scene 2: ")
                .doesNotContain("SAFETY")
                .doesNotContain("fail");
        assertThat(pair.simulator.purchases("fal")).isEmpty();
        await().atMost(RunningPair.LIMIT)
                .untilAsserted(() -> ledger.compare("runway").assertAgree());
    }

    @Test
    void an_exhausted_quota_is_met_once_and_named() throws Exception {
        pair.simulator.faults("{\"replicate\":{\"script\":[{\"on\":\"submit\",\"fault\":\"quota\",\"times\":9}]}}");

        JsonNode job = films.finished(films.render(films.create(film("No credit", 1)), "replicate"));

        assertThat(job.get("status").asText()).isEqualTo("failed");
        assertThat(job.get("error_code").asText()).isEqualTo("provider_credit_used_up");
        assertThat(pair.simulator.faultsLeft("replicate")).isEqualTo(8);
    }

    @Test
    void of_a_hundred_renders_sent_at_once_the_budget_lets_those_through_that_it_can_pay() throws Exception {
        BigDecimal spent = films.budget().at("/daily/spent").decimalValue();
        BigDecimal limit = spent.add(new BigDecimal("1.00"));
        List<Callable<String>> renders = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            String project = films.create(film("One of a hundred, number " + i, 1));
            renders.add(() -> films.render(project, "runway"));
        }
        films.limit(limit);
        ExecutorService users = Executors.newFixedThreadPool(renders.size());
        try (HighWater committed = HighWater.of(ProvidersIT::committed)) {
            List<String> accepted = new ArrayList<>();
            List<Integer> refusals = new ArrayList<>();
            for (Future<String> sent : users.invokeAll(renders)) {
                try {
                    accepted.add(sent.get());
                } catch (ExecutionException e) {
                    refusals.add(((ApiException) e.getCause()).problem().status());
                }
            }

            assertThat(accepted).hasSize(10);
            assertThat(refusals).hasSize(90).containsOnly(402);
            assertThat(committed.highest())
                    .as("spent and reserved, the highest of %d samples", committed.samples())
                    .isPositive()
                    .isLessThanOrEqualTo(limit);
            assertThat(committed()).isEqualByComparingTo(limit);
            for (String job : accepted) {
                assertThat(films.finished(job).get("status").asText()).isEqualTo("completed");
            }
            assertThat(films.budget().at("/daily/spent").decimalValue()).isEqualByComparingTo(limit);
            assertThat(pair.simulator.totals("runway").charged()).isEqualByComparingTo("1.00");
        } finally {
            users.shutdownNow();
            films.limit(null);
        }
    }

    private static BigDecimal committed() throws Exception {
        JsonNode daily = films.budget().get("daily");
        return daily.get("spent").decimalValue().add(daily.get("reserved").decimalValue());
    }

    /** Scenes of 2 s, each with words that nobody else has, so that none of them was bought before. */
    private static ObjectNode film(String title, int scenes) {
        ObjectNode film = films.storyboard(title);
        for (int i = 0; i < scenes; i++) {
            Films.addScene(film, pictures.get(i % pictures.size()), 2, "none")
                    .put("description", "Scene " + (i + 1) + " of " + title);
        }
        return film;
    }

    private static void assertMark(Measured.Colour seen, Color mark) {
        assertThat(new int[] {seen.red(), seen.green(), seen.blue()}).satisfies(parts -> {
            assertThat(parts[0]).as("red").isCloseTo(mark.getRed(), within(20));
            assertThat(parts[1]).as("green").isCloseTo(mark.getGreen(), within(20));
            assertThat(parts[2]).as("blue").isCloseTo(mark.getBlue(), within(20));
        });
    }
}
