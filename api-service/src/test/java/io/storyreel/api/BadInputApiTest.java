package io.storyreel.api;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.restassured.RestAssured;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What cannot be is refused by every operation that the OpenAPI document describes, with a problem that names the field,
 * and changes nothing. A new operation is covered as soon as it is described.
 */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class BadInputApiTest {
    private static final HttpClient HTTP =
            HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final Duration SOON = Duration.ofSeconds(20);

    private static final List<String> ODD_PATH_PARTS = List.of(
            "%00",
            "a%00b",
            "..%2f..%2fetc%2fpasswd",
            "%2e%2e%2f",
            "0",
            "-1",
            "1000000000",
            "1e3",
            "%F0%9F%98%80",
            "%D7%A9%D7%9C%E2%80%AE",
            "%ff%fe",
            "%20",
            "a%0d%0ab",
            "%25",
            "a".repeat(2_000),
            "00000000-0000-0000-0000-00000000000g");

    /** Names of query parameters whose value is any text. */
    private static final Set<String> FREE_TEXTS = Set.of("new_image_prompt", "new_description");

    private static final String REPEATABLE = "scene_order";

    private static final Map<String, String> NEEDED =
            Map.of("scene_order", "1", "scene_number", "1", "new_description", "the%20same%20at%20dusk");

    @Inject
    Pool database;

    @Inject
    ReportingWorker worker;

    private final Workspace workspace = new Workspace();
    private final List<String> failures = new ArrayList<>();
    private final Map<String, String> ids = new HashMap<>();
    private List<DescribedOperation> operations;
    private String before;

    @BeforeEach
    void aWorkspaceWithOneOfEach() {
        worker.report();
        operations = DescribedOperation.all();
        assertThat(operations).hasSizeGreaterThan(40);
        String project = workspace.project();
        String job = workspace.render(project);
        workspace
                .request()
                .post(workspace.path("/render/jobs/" + job + "/cancel"))
                .then()
                .statusCode(202);
        String endpoint = workspace
                .json("{\"url\": \"https://93.184.215.14/told\"}")
                .post(workspace.path("/webhooks"))
                .path("id");
        byte[] png = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n', 0, 0, 0, 0, 0, 0, 0, 0, 7};
        String asset = workspace
                .request()
                .multiPart("file", "a.png", png)
                .post(workspace.path("/assets"))
                .path("asset_url");
        ids.put("workspace", workspace.id.toString());
        ids.put("project", project);
        ids.put("job_id", project);
        ids.put("job", job);
        ids.put("projects/id", project);
        ids.put("webhooks/id", endpoint);
        ids.put("name", "mine");
        ids.put("scene_number", "1");
        ids.put("sha256", asset.substring("asset://sha256/".length(), asset.indexOf('.')));
        before = state();
    }

    @AfterEach
    void nothingWasLetThrough() {
        assertThat(failures).isEmpty();
    }

    @Test
    void without_a_good_token_there_is_no_answer() {
        for (DescribedOperation operation : operations) {
            if (!operation.isOpen()) {
                expect(operation, "no token", 401, send(operation, address(operation), null, sample(operation)));
                String expired = workspace.token(Duration.ofMinutes(-5));
                expect(operation, "expired", 401, send(operation, address(operation), expired, sample(operation)));
            }
        }
        expectNothingChanged();
    }

    @Test
    void what_is_in_another_workspace_does_not_exist() {
        Workspace other = new Workspace();
        String token = other.token(Duration.ofHours(1));
        for (DescribedOperation operation : operations) {
            if (operation.pathNames().contains("workspace")) {
                expect(operation, "foreign", 404, send(operation, address(operation), token, sample(operation)));
            }
            Set<String> named = new HashSet<>(operation.pathNames());
            named.removeAll(Set.of("workspace", "name"));
            if (!named.isEmpty() && !operation.path().endsWith("/metadata")) {
                String address =
                        address(operation).replace(workspace.id.toString(), other.id.toString()) + queryOf(operation);
                expect(operation, "foreign id", 404, send(operation, address, token, sample(operation)));
            }
        }
        expectNothingChanged();
    }

    @Test
    void a_method_that_an_address_does_not_know_is_answered_with_those_it_knows() {
        Map<String, Set<String>> methods = new HashMap<>();
        operations.forEach(one ->
                methods.computeIfAbsent(one.path(), path -> new HashSet<>()).add(one.method()));
        for (DescribedOperation operation : operations) {
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                if (!methods.get(operation.path()).contains(method)) {
                    DescribedOperation wrong = new DescribedOperation(
                            method, operation.path(), operation.parameters(), operation.body(), false);
                    HttpResponse<String> answer = send(wrong, address(wrong), token(), null);
                    expect(wrong, "method", 405, answer);
                    String allowed = answer.headers().firstValue("Allow").orElse("");
                    if (!allowed.contains(operation.method())) {
                        failures.add(wrong + " Allow: " + allowed);
                    }
                }
            }
        }
        expectNothingChanged();
    }

    @Test
    void odd_parts_of_paths_lead_nowhere() {
        for (DescribedOperation operation : operations) {
            for (String name : operation.pathNames()) {
                for (String odd : ODD_PATH_PARTS) {
                    boolean isName = name.equals("name") && odd.matches("[a-z0-9][a-z0-9_-]{0,39}");
                    String address = address(operation, name, odd);
                    HttpResponse<String> answer = send(operation, address, token(), sample(operation));
                    if (!(isName && answer.statusCode() / 100 == 2)) {
                        expectRefused(operation, name + "=" + odd, answer);
                    }
                }
                expect(
                        operation,
                        name + "/../..",
                        404,
                        send(operation, address(operation, name, "../../../../../../x"), token(), sample(operation)));
            }
        }
    }

    @Test
    void query_parameters_are_known_single_and_of_their_kind() {
        String cursor = cursorOfProjects();
        for (DescribedOperation operation : operations) {
            expectField(operation, "nosuch", query(operation, "nosuch=1"));
            for (String name : operation.queryNames()) {
                if (!name.equals(REPEATABLE)) {
                    expectField(operation, name, query(operation, name + "=1&" + name + "=1"));
                }
                expectRefused(operation, name + "=NUL", query(operation, name + "=a%00b"));
                expectRefused(operation, name + "=bad UTF-8", query(operation, name + "=%ff"));
                if (!FREE_TEXTS.contains(name)) {
                    List.of("zzz", "-1", "1e3", "%F0%9F%98%80", "%D7%A9", "a".repeat(3_000), "1000000001")
                            .forEach(bad ->
                                    expectRefused(operation, name + "=" + bad, query(operation, name + "=" + bad)));
                }
            }
            if (operation.queryNames().contains("limit")) {
                List.of("0", "-1", "101", "1000000000", "1e3", "", "1.5")
                        .forEach(bad -> expectRefused(operation, "limit=" + bad, query(operation, "limit=" + bad)));
            }
            if (operation.queryNames().contains("cursor") && !operation.path().endsWith("/projects")) {
                expectRefused(operation, "cursor", query(operation, "cursor=" + cursor));
            }
        }
        expectNothingChanged();
    }

    /** What the operation needs, so that only the id is wrong. */
    private static String queryOf(DescribedOperation operation) {
        return operation.method().equals("POST")
                ? operation.queryNames().stream()
                        .filter(NEEDED::containsKey)
                        .map(name -> name + "=" + NEEDED.get(name))
                        .collect(Collectors.joining("&", "?", ""))
                : "";
    }

    private HttpResponse<String> query(DescribedOperation operation, String query) {
        return send(operation, address(operation) + "?" + query, token(), sample(operation));
    }

    private String cursorOfProjects() {
        workspace.project();
        before = state();
        return workspace
                .request()
                .get(workspace.path("/projects?limit=1"))
                .then()
                .statusCode(200)
                .extract()
                .path("next_cursor");
    }

    @Test
    void bodies_are_json_of_the_described_form() {
        for (DescribedOperation operation : operations) {
            if (operation.takesJson()) {
                for (String bad : List.of("{", "[]", "3", "\"x\"", "{} {}", "{\"a\":1,}", "\u0000", "true")) {
                    expectRefused(operation, bad, send(operation, address(operation), token(), bad));
                }
                for (String type :
                        List.of("text/plain", "application/xml", "application/x-www-form-urlencoded", "x/y")) {
                    HttpRequest request = request(operation, address(operation), token())
                            .header("Content-Type", type)
                            .method(operation.method(), BodyPublishers.ofString(sample(operation)))
                            .build();
                    expect(operation, type, 415, send(request));
                }
                ObjectNode unknown = SampleBody.of(operation.body()).deepCopy();
                unknown.put("nosuchfield", 1);
                expectField(operation, "nosuchfield", send(operation, address(operation), token(), unknown.toString()));
                for (SampleBody.Spoilt spoilt : SampleBody.impossible(operation.body())) {
                    if (spoilt.how().equals("missing") && operation.method().equals("PATCH")) {
                        continue;
                    }
                    HttpResponse<String> answer = send(
                            operation,
                            address(operation),
                            token(),
                            spoilt.body().toString());
                    expectRefused(operation, spoilt.how(), answer);
                    if (answer.statusCode() == 400 && !names(answer, spoilt.field())) {
                        failures.add(operation + " " + spoilt.how() + " does not name it: " + answer.body());
                    }
                }
            }
        }
        expectNothingChanged();
    }

    @Test
    void odd_values_break_nothing() {
        for (DescribedOperation operation : operations) {
            if (operation.takesJson()) {
                for (SampleBody.Spoilt odd : SampleBody.odd(operation.body())) {
                    HttpResponse<String> answer = send(
                            operation, address(operation), token(), odd.body().toString());
                    if (answer.statusCode() / 100 != 2) {
                        expectRefused(operation, odd.how(), answer);
                    }
                }
            }
        }
    }

    @Test
    void uploads_are_forms_with_a_file() {
        for (DescribedOperation operation : operations) {
            if (operation.isUpload()) {
                expect(operation, "JSON", 415, send(operation, address(operation), token(), "{}"));
                for (String type : List.of("multipart/form-data", "multipart/form-data; boundary=x")) {
                    for (String body : List.of("", "x", "--x\r\n\r\n\r\n--x--\r\n", "--x--\r\n")) {
                        HttpRequest request = request(operation, address(operation), token())
                                .header("Content-Type", type)
                                .method(operation.method(), BodyPublishers.ofString(body))
                                .build();
                        expectRefused(operation, type + " " + body, send(request));
                    }
                }
            }
        }
        expectNothingChanged();
    }

    @Test
    void parts_that_a_file_does_not_have_are_refused() {
        String file = workspace.path("/assets/" + ids.get("sha256"));
        for (String range : List.of("bytes=17-", "bytes=5000-6000", "bytes=-0", "bytes=999999999999999999-")) {
            workspace
                    .request()
                    .header("Range", range)
                    .get(file)
                    .then()
                    .statusCode(416)
                    .header("Content-Range", "bytes */17");
        }
        for (String range : List.of("bytes=9-3", "bytes=a-b", "lines=1-2", "bytes=", "bytes=99999999999999999999-")) {
            int status = workspace.request().header("Range", range).get(file).statusCode();
            assertThat(status).as(range).isIn(200, 416);
        }
    }

    private String token() {
        return workspace.token(Duration.ofHours(1));
    }

    /** Null for operations without a body. */
    private static String sample(DescribedOperation operation) {
        if (!operation.takesJson()) {
            return null;
        }
        if (!operation.body().path("required").isEmpty()) {
            return SampleBody.of(operation.body()).toString();
        }
        return operation.method().equals("PATCH")
                ? SampleBody.oneField(operation.body()).toString()
                : "{}";
    }

    private String address(DescribedOperation operation) {
        return address(operation, "", "");
    }

    /** With real ids, so that what is wrong is only what shall be; {@code part} stands in for one of them. */
    private String address(DescribedOperation operation, String name, String part) {
        String address = operation.path();
        for (String one : operation.pathNames()) {
            String kind = operation.path().contains("/webhooks/") ? "webhooks/" : "projects/";
            String id = ids.getOrDefault(
                    one, ids.getOrDefault(kind + one, UUID.randomUUID().toString()));
            address = address.replace("{" + one + "}", one.equals(name) ? part : id);
        }
        return address;
    }

    private static HttpRequest.Builder request(DescribedOperation operation, String address, String token) {
        HttpRequest.Builder request = HttpRequest.newBuilder(
                        URI.create(RestAssured.baseURI + ":" + RestAssured.port + address))
                .timeout(SOON)
                .header("Prefer", "respond-async");
        if (operation.method().equals("PATCH")) {
            request.header("If-Match", "*");
        }
        return token == null ? request : request.header("Authorization", "Bearer " + token);
    }

    private static HttpResponse<String> send(DescribedOperation operation, String address, String token, String body) {
        HttpRequest.Builder request = request(operation, address, token);
        if (body != null) {
            request.header("Content-Type", "application/json");
        }
        return send(request.method(
                        operation.method(), body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body))
                .build());
    }

    private static HttpResponse<String> send(HttpRequest request) {
        try {
            return HTTP.send(request, BodyHandlers.ofString());
        } catch (IOException e) {
            throw new AssertionError(request + " was not answered", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new AssertionError(e);
        }
    }

    private void expect(DescribedOperation operation, String what, int status, HttpResponse<String> answer) {
        if (answer.statusCode() != status) {
            failures.add(operation + " " + what + ": " + answer.statusCode() + " instead of " + status + " "
                    + shown(answer));
        }
        expectRefused(operation, what, answer);
    }

    private void expectField(DescribedOperation operation, String field, HttpResponse<String> answer) {
        if (answer.statusCode() != 400 || !names(answer, field)) {
            failures.add(operation + " " + field + " is not named: " + answer.statusCode() + " " + shown(answer));
        }
        expectRefused(operation, field, answer);
    }

    private void expectRefused(DescribedOperation operation, String what, HttpResponse<String> answer) {
        boolean problem = answer.headers().firstValue("Content-Type").orElse("").startsWith("application/problem+json");
        if (answer.statusCode() / 100 != 4 || !problem && answer.uri().getPath().startsWith("/api/")) {
            failures.add(operation + " " + what + ": " + answer.statusCode() + " "
                    + answer.headers().firstValue("Content-Type") + " " + shown(answer));
        }
    }

    private static boolean names(HttpResponse<String> answer, String field) {
        try {
            for (JsonNode error : JSON.readTree(answer.body()).path("errors")) {
                if (error.path("field").asText().contains(field)) {
                    return true;
                }
            }
            return false;
        } catch (IOException notJson) {
            return false;
        }
    }

    private static String shown(HttpResponse<String> answer) {
        return answer.body().substring(0, Math.min(200, answer.body().length()));
    }

    private void expectNothingChanged() {
        assertThat(state()).as("what the workspace has").isEqualTo(before);
    }

    /** Everything in the database that belongs to the workspace. */
    private String state() {
        StringBuilder state = new StringBuilder();
        rows("select table_name from information_schema.columns where column_name = 'workspace_id'"
                        + " and table_schema = 'public' order by 1")
                .forEach(table -> rows("select t::text from " + table + " t where workspace_id = '" + workspace.id
                                + "' order by 1")
                        .forEach(row ->
                                state.append(table).append(' ').append(row).append('\n')));
        return state.toString();
    }

    private List<String> rows(String query) {
        List<String> rows = new ArrayList<>();
        database.query(query).execute().await().atMost(SOON).forEach(row -> rows.add(row.getString(0)));
        return rows;
    }
}
