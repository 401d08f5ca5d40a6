package io.storyreel.api;

import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.path.json.JsonPath;
import io.restassured.path.json.config.JsonPathConfig;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.inject.Inject;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.math.BigDecimal;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.hamcrest.Matchers.contains;
import static org.hamcrest.Matchers.containsString;
import static org.hamcrest.Matchers.endsWith;
import static org.hamcrest.Matchers.equalTo;
import static org.hamcrest.Matchers.hasItems;
import static org.hamcrest.Matchers.nullValue;

@QuarkusTest
@QuarkusTestResource(Backends.class)
class BudgetApiTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    /** Two scenes of two seconds at 0.10 USD a second. */
    private static final BigDecimal COST = new BigDecimal("0.40");

    private static final String PAID = "{\"provider\": \"replicate\"}";

    @Inject
    Pool pool;

    @Inject
    ReportingWorker worker;

    private final Workspace workspace = new Workspace();

    @BeforeEach
    void someWorkerHasReported() {
        worker.report();
    }

    @Test
    void a_workspace_has_no_limits_until_it_gets_some() {
        workspace
                .request()
                .get(workspace.path("/budget"))
                .then()
                .statusCode(200)
                .body("daily.limit", nullValue())
                .body("daily.left", nullValue())
                .body("daily.spent", equalTo(0.0f))
                .body("monthly.resets_at", endsWith("-01T00:00:00Z"))
                .body("currency", equalTo("USD"));
        limit("2.5", "null");
        JsonPath budget = budget();
        assertThat(amount(budget, "daily.limit")).isEqualByComparingTo("2.5");
        assertThat(amount(budget, "daily.left")).isEqualByComparingTo("2.5");
        assertThat(amount(budget, "monthly.limit")).isNull();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "-0.01     | daily_limit   | 0 to 1000000",
                "1000000.1 | daily_limit   | 0 to 1000000",
                "1e999999  | daily_limit   | 0 to 1000000",
                "0.0000001 | daily_limit   | at most 6 decimals",
                "\"10\"    | daily_limit   | must be a number",
                "true      | daily_limit   | must be a number",
            })
    void refuses_limits_that_cannot_be(String limit, String field, String message) {
        workspace
                .json("{\"daily_limit\": " + limit + ", \"monthly_limit\": null}")
                .put(workspace.path("/budget"))
                .then()
                .statusCode(400)
                .body("code", equalTo("invalid_request"))
                .body("errors.field", hasItems(field))
                .body("detail", containsString(message));
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "{\"daily_limit\": 1}                                          | monthly_limit is missing",
                "{}                                                            | daily_limit is missing",
                "{\"daily_limit\": 1, \"monthly_limit\": 2, \"weekly_limit\": 3} | weekly_limit is not known here",
            })
    void refuses_a_budget_that_leaves_doubt(String body, String message) {
        workspace
                .json(body)
                .put(workspace.path("/budget"))
                .then()
                .statusCode(400)
                .body("detail", containsString(message));
    }

    @Test
    void says_what_is_left_and_when_it_resets() {
        limit("0.5", "0.7");
        workspace
                .json(PAID)
                .post(workspace.path("/render/" + workspace.project()))
                .then()
                .statusCode(202);
        Instant tomorrow =
                LocalDate.now(ZoneOffset.UTC).plusDays(1).atStartOfDay().toInstant(ZoneOffset.UTC);

        JsonPath problem = workspace
                .json(PAID)
                .post(workspace.path("/render/" + workspace.project()))
                .then()
                .statusCode(402)
                .contentType("application/problem+json")
                .body("code", equalTo("over_budget"))
                .body("window", equalTo("monthly"))
                .body("detail", containsString("only 0.30 USD are left"))
                .extract()
                .body()
                .jsonPath(exact());

        assertThat(amount(problem, "limit")).isEqualByComparingTo("0.7");
        assertThat(amount(problem, "left")).isEqualByComparingTo("0.3");
        assertThat(amount(problem, "needed")).isEqualByComparingTo(COST);
        assertThat(Instant.parse(problem.getString("resets_at"))).isAfterOrEqualTo(tomorrow);
    }

    @Test
    void a_free_render_needs_no_budget() {
        limit("0", "0");
        workspace.render(workspace.project());
        workspace
                .json(PAID)
                .post(workspace.path("/render/" + workspace.project()))
                .then()
                .statusCode(402);
    }

    @Test
    void a_provider_whose_price_nobody_has_set_cannot_be_used_where_there_is_a_budget() {
        String custom = "{\"provider\": \"custom\"}";
        limit("1000", "null");
        String project = workspace.project();
        workspace
                .json(custom)
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(422)
                .body("code", equalTo("unusable_provider"))
                .body("errors.field", hasItems("provider"))
                .body("detail", containsString("STORYREEL_CUSTOM_PRICE_PER_SECOND"));

        limit("null", "null");
        String job = workspace
                .json(custom)
                .post(workspace.path("/render/" + project))
                .then()
                .statusCode(202)
                .extract()
                .path("job_id");
        workspace.request().get(workspace.path("/render/jobs/" + job)).then().body("cost.estimated", nullValue());
    }

    @Test
    void what_is_canceled_is_not_reserved_any_more() {
        limit("0.4", "null");
        String job = workspace
                .json(PAID)
                .post(workspace.path("/render/" + workspace.project()))
                .path("job_id");
        assertThat(reserved()).isEqualByComparingTo(COST);

        workspace
                .request()
                .post(workspace.path("/render/jobs/" + job + "/cancel"))
                .then()
                .statusCode(202);

        assertThat(reserved()).isZero();
        workspace
                .json(PAID)
                .post(workspace.path("/render/" + workspace.project()))
                .then()
                .statusCode(202);
    }

    @Test
    void of_a_hundred_renders_at_once_as_many_are_accepted_as_the_budget_pays_for() {
        List<String> projects =
                IntStream.range(0, 100).mapToObj(i -> workspace.project()).toList();
        BigDecimal limit = COST.multiply(BigDecimal.TEN);
        limit(limit.toPlainString(), "null");

        List<CompletableFuture<HttpResponse<String>>> renders = projects.stream()
                .map(project -> Wire.postJson(workspace, "/render/" + project, PAID))
                .toList();
        List<BigDecimal> seen = new ArrayList<>();
        CompletableFuture<?> all = CompletableFuture.allOf(renders.toArray(CompletableFuture<?>[]::new));
        do {
            seen.add(reserved());
        } while (!all.isDone());
        seen.add(reserved());

        List<Integer> statuses =
                renders.stream().map(render -> render.join().statusCode()).toList();
        assertThat(statuses).filteredOn(status -> status == 202).hasSize(10);
        assertThat(statuses).filteredOn(status -> status == 402).hasSize(90);
        assertThat(seen).allMatch(amount -> amount.compareTo(limit) <= 0);
        assertThat(seen.get(seen.size() - 1)).isEqualByComparingTo(limit);
    }

    @Test
    void counts_and_tells_what_may_have_been_charged() {
        String job = workspace.render(workspace.project());
        charge(job, 1, "runway", "0.25", Instant.now().toString());
        execute(
                "insert into provider_task (job_id, workspace_id, purpose, scene, attempt, provider, digest, state,"
                        + " cost_estimated, ended_at, sent_at) values ($1, $2, 'speech', 1, 1, 'azure', 'd', 'lost', $3,"
                        + " now(), now())",
                Tuple.of(UUID.fromString(job), workspace.id, new BigDecimal("0.0003")));

        assertThat(amount(budget(), "daily.spent")).isEqualByComparingTo("0.2503");
        JsonPath costs = costs("");
        assertThat(amount(costs, "total")).isEqualByComparingTo("0.25");
        assertThat(amount(costs, "possible")).isEqualByComparingTo("0.0003");
        assertThat(amount(costs, "providers[0].possible")).isEqualByComparingTo("0.0003");
        assertThat(amount(costs, "days[0].possible")).isEqualByComparingTo("0.0003");
        workspace
                .request()
                .get(workspace.path("/render/jobs/" + job))
                .then()
                .statusCode(200)
                .body("cost.possible", equalTo(0.01f));
    }

    @Test
    void tells_costs_by_day_and_provider() {
        String job = workspace.render(workspace.project());
        charge(job, 1, "runway", "0.25", "2026-01-31T23:59:59.999999Z");
        charge(job, 2, "runway", "0.000001", "2026-02-01T00:00:00Z");
        charge(job, 3, "pika", "1.2", "2026-02-01T12:00:00Z");
        charge(job, 4, "runway", "0.75", "2026-02-01T13:00:00Z");

        workspace
                .request()
                .get(workspace.path("/costs?from=2026-01-31&to=2026-02-01"))
                .then()
                .statusCode(200)
                .body("days.date", contains("2026-01-31", "2026-02-01"))
                .body("days[1].providers.provider", contains("pika", "runway"))
                .body("days[1].providers.purchases", contains(1, 2))
                .body("free_renders", equalTo(0));
        JsonPath costs = costs("?from=2026-01-31&to=2026-02-01");
        assertThat(amount(costs, "total")).isEqualByComparingTo("2.200001");
        assertThat(amount(costs, "days[1].cost")).isEqualByComparingTo("1.950001");
        assertThat(amount(costs, "providers[1].cost")).isEqualByComparingTo("1.000001");
        assertThat(amount(costs("?to=2026-01-31"), "total")).isEqualByComparingTo("0.25");
        assertThat(new Workspace().request().get(workspace.path("/costs")).statusCode())
                .isEqualTo(404);
    }

    @Test
    void counts_renders_that_cost_nothing() {
        String job = workspace.render(workspace.project());
        execute(
                "update job set status = 'completed', cost_actual = 0, completed_at = clock_timestamp() where id = $1",
                Tuple.of(UUID.fromString(job)));
        workspace.request().get(workspace.path("/costs")).then().body("free_renders", equalTo(1));
    }

    @ParameterizedTest
    @CsvSource({
        "from=2026-02-30, from",
        "from=yesterday, from",
        "to=%2B999999999-01-01, to",
        "from=2026-02-01&to=2026-01-31, from",
        "from=2020-01-01&to=2026-01-01, from",
    })
    void refuses_days_that_cannot_be(String query, String field) {
        workspace
                .request()
                .urlEncodingEnabled(false)
                .get(workspace.path("/costs?" + query))
                .then()
                .statusCode(400)
                .body("errors.field", hasItems(field));
    }

    private void limit(String daily, String monthly) {
        workspace
                .json("{\"daily_limit\": " + daily + ", \"monthly_limit\": " + monthly + "}")
                .put(workspace.path("/budget"))
                .then()
                .statusCode(200);
    }

    private JsonPath budget() {
        return workspace
                .request()
                .get(workspace.path("/budget"))
                .then()
                .extract()
                .body()
                .jsonPath(exact());
    }

    private JsonPath costs(String query) {
        return workspace
                .request()
                .get(workspace.path("/costs" + query))
                .then()
                .extract()
                .body()
                .jsonPath(exact());
    }

    private BigDecimal reserved() {
        return amount(budget(), "daily.reserved");
    }

    private static BigDecimal amount(JsonPath json, String path) {
        return json.get(path);
    }

    private static JsonPathConfig exact() {
        return JsonPathConfig.jsonPathConfig().numberReturnType(JsonPathConfig.NumberReturnType.BIG_DECIMAL);
    }

    private void charge(String job, int scene, String provider, String cost, String at) {
        execute(
                "insert into provider_task (job_id, workspace_id, purpose, scene, attempt, provider, digest, state,"
                        + " cost_actual, ended_at) values ($1, $2, 'clip', $3, 1, $4, 'd', 'succeeded', $5, $6)",
                Tuple.of(UUID.fromString(job), workspace.id, scene, provider, new BigDecimal(cost))
                        .addValue(Instant.parse(at).atOffset(ZoneOffset.UTC)));
    }

    private void execute(String sql, Tuple values) {
        pool.preparedQuery(sql).execute(values).await().atMost(SOON);
    }
}
