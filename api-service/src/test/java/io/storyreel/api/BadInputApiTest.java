package io.storyreel.api;

import com.fasterxml.jackson.databind.JsonNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import static io.storyreel.api.BadCalls.send;
import static org.assertj.core.api.Assertions.assertThat;

/**
 * What cannot be is refused by every operation that the OpenAPI document describes, with a problem that names the field,
 * and changes nothing. A new operation is covered as soon as it is described. Of bodies {@link BadBodyApiTest}.
 */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class BadInputApiTest {
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

    /** What no parameter may be, but those that are free text. */
    private static final List<String> ODD_VALUES = List.of(
            "", "zzz", "0", "-1", "1e3", "1.5", "%F0%9F%98%80", "%D7%A9%E2%80%AE", "a".repeat(3_000), "1000000001");

    private static final Set<String> FREE_TEXTS = Set.of("new_image_prompt", "new_description");

    /** Zero is no scene, but it is a number of events that were seen. */
    private static final String FROM_ZERO = "last_event_id";

    private static final String REPEATABLE = "scene_order";

    private static final Map<String, String> NEEDED =
            Map.of("scene_order", "1", "scene_number", "1", "new_description", "the%20same%20at%20dusk");

    @Inject
    Pool database;

    @Inject
    FinishedRender finished;

    @Inject
    ReportingWorker worker;

    private final BadCalls calls = new BadCalls();
    private OneOfEach one;
    private List<DescribedOperation> operations;
    private String before;

    @BeforeEach
    void aWorkspaceWithOneOfEach() {
        worker.report();
        operations = DescribedOperation.all();
        assertThat(operations).hasSizeGreaterThan(40);
        one = new OneOfEach(database, finished);
        before = one.state();
    }

    @AfterEach
    void allWasRefused() {
        calls.requireNoFlaws();
    }

    @Test
    void without_a_good_token_there_is_no_answer() {
        for (DescribedOperation operation : operations) {
            if (!operation.isOpen()) {
                String body = SampleBody.textFor(operation);
                calls.expect(operation, "no token", 401, send(operation, one.address(operation), null, body));
                String expired = one.workspace.token(Duration.ofMinutes(-5));
                calls.expect(operation, "expired", 401, send(operation, one.address(operation), expired, body));
                String forged = one.workspace.token(Duration.ofHours(1), "a".repeat(40));
                calls.expect(operation, "forged", 401, send(operation, one.address(operation), forged, body));
            }
        }
        expectNothingChanged();
    }

    @Test
    void what_is_in_another_workspace_does_not_exist() {
        Workspace other = new Workspace();
        String token = other.token(Duration.ofHours(1));
        for (DescribedOperation operation : operations) {
            String body = SampleBody.textFor(operation);
            if (operation.pathNames().contains("workspace")) {
                calls.expect(operation, "foreign", 404, send(operation, one.address(operation), token, body));
            }
            Set<String> named = new HashSet<>(operation.pathNames());
            named.removeAll(Set.of("workspace", "name"));
            if (!named.isEmpty() && !operation.path().endsWith("/metadata")) {
                String address = one.address(operation).replace(one.workspace.id.toString(), other.id.toString());
                String query = "?" + needed(operation, "");
                calls.expect(operation, "foreign id", 404, send(operation, address + query, token, body));
            }
        }
        expectNothingChanged();
    }

    @Test
    void a_method_that_an_address_does_not_know_is_answered_with_those_it_knows() {
        Map<String, Set<String>> methods = new HashMap<>();
        operations.forEach(operation -> methods.computeIfAbsent(operation.path(), path -> new HashSet<>())
                .add(operation.method()));
        for (DescribedOperation operation : operations) {
            for (String method : List.of("GET", "POST", "PUT", "PATCH", "DELETE")) {
                if (!methods.get(operation.path()).contains(method)) {
                    DescribedOperation wrong = new DescribedOperation(
                            method, operation.path(), operation.parameters(), operation.body(), false);
                    HttpResponse<String> answer = send(wrong, one.address(wrong), one.token(), null);
                    calls.expect(wrong, "method", 405, answer);
                    String allowed = answer.headers().firstValue("Allow").orElse("");
                    if (!allowed.contains(operation.method())) {
                        calls.note(wrong + " Allow: " + allowed);
                    }
                }
            }
        }
        expectNothingChanged();
    }

    @Test
    void odd_parts_of_paths_lead_nowhere() {
        for (DescribedOperation operation : operations) {
            String body = SampleBody.textFor(operation);
            for (String name : operation.pathNames()) {
                for (String odd : ODD_PATH_PARTS) {
                    boolean isName = name.equals("name") && odd.matches("[a-z0-9][a-z0-9_-]{0,39}");
                    HttpResponse<String> answer = send(operation, one.address(operation, name, odd), one.token(), body);
                    if (!(isName && answer.statusCode() / 100 == 2)) {
                        calls.expectRefused(operation, name + "=" + odd, answer);
                    }
                }
                String above = one.address(operation, name, "../../../../../../x");
                calls.expect(operation, name + "/../..", 404, send(operation, above, one.token(), body));
            }
            String address = one.address(operation);
            for (int slash = address.indexOf('/', 1); slash > 0; slash = address.indexOf('/', slash + 1)) {
                String odd = address.substring(0, slash) + "%00" + address.substring(slash);
                calls.expectRefused(operation, odd, send(operation, odd, one.token(), body));
            }
        }
    }

    @Test
    void query_parameters_are_known_single_and_of_their_kind() {
        for (DescribedOperation operation : operations) {
            calls.expectBlame(operation, "unknown", "nosuch", query(operation, "nosuch", "1"));
            for (String name : operation.queryNames()) {
                if (!name.equals(REPEATABLE)) {
                    calls.expectBlame(operation, "doubled", name, query(operation, name, "1&" + name + "=1"));
                }
                calls.expectBlame(operation, "NUL", name, query(operation, name, "a%00b"));
                calls.expectRefused(operation, name + " in bad UTF-8", query(operation, name, "%ff"));
                if (!FREE_TEXTS.contains(name)) {
                    ODD_VALUES.stream()
                            .filter(odd -> !(odd.equals("0") && name.equals(FROM_ZERO)))
                            .forEach(odd -> calls.expectBlame(operation, odd, name, query(operation, name, odd)));
                } else {
                    List.of("", "%20".repeat(40), "too%20short", "a".repeat(2_001), "%F0%9F%98%80".repeat(2_001))
                            .forEach(odd -> calls.expectBlame(operation, odd, name, query(operation, name, odd)));
                }
            }
            if (NEEDED.keySet().stream().anyMatch(operation.queryNames()::contains)) {
                calls.expectRefused(
                        operation,
                        "nothing that is needed",
                        send(operation, one.address(operation), one.token(), SampleBody.textFor(operation)));
            }
        }
        expectNothingChanged();
    }

    @Test
    void a_cursor_is_good_for_the_list_it_came_from() {
        one.workspace.project();
        before = one.state();
        String cursor = one.workspace
                .request()
                .get(one.workspace.path("/projects?limit=1"))
                .then()
                .statusCode(200)
                .extract()
                .path("next_cursor");
        for (DescribedOperation operation : operations) {
            if (operation.queryNames().contains("cursor")) {
                String filter = operation.path().endsWith("/projects") ? "&approved=true" : "";
                calls.expectBlame(operation, "foreign cursor", "cursor", query(operation, "cursor", cursor + filter));
            }
        }
        expectNothingChanged();
    }

    @Test
    void headers_are_as_long_as_described() {
        for (DescribedOperation operation : operations) {
            for (JsonNode header : operation.headers()) {
                JsonNode longest = header.at("/schema/maxLength");
                String name = header.get("name").asText();
                if (!longest.isMissingNode()) {
                    HttpResponse<String> answer = send(BadCalls.request(operation, one.address(operation), one.token())
                            .setHeader(name, "a".repeat(longest.asInt() + 1)));
                    calls.expectBlame(operation, "long", name, answer);
                }
            }
        }
        expectNothingChanged();
    }

    @Test
    void parts_that_a_file_does_not_have_are_refused() {
        List<DescribedOperation> files = operations.stream()
                .filter(operation -> operation.headers().stream()
                        .anyMatch(header -> header.get("name").asText().equals("Range")))
                .filter(operation -> !operation.path().contains("/export"))
                .toList();
        assertThat(files).hasSizeGreaterThan(7);
        for (DescribedOperation file : files) {
            for (String range : List.of("bytes=17-", "bytes=5000-6000", "bytes=-0", "bytes=999999999999999999-")) {
                calls.expect(file, range, 416, part(file, range));
            }
            for (String range :
                    List.of("bytes=9-3", "bytes=a-b", "lines=1-2", "bytes=", "bytes=99999999999999999999-")) {
                int status = part(file, range).statusCode();
                if (status != 200 && status != 416) {
                    calls.note(file + " " + range + ": " + status);
                }
            }
        }
    }

    private HttpResponse<String> part(DescribedOperation file, String range) {
        return send(BadCalls.request(file, one.address(file), one.token()).header("Range", range));
    }

    private HttpResponse<String> query(DescribedOperation operation, String name, String value) {
        String others = needed(operation, name);
        String query = "?" + name + "=" + value + (others.isEmpty() ? "" : "&" + others);
        return send(operation, one.address(operation) + query, one.token(), SampleBody.textFor(operation));
    }

    /** What the operation needs besides, so that nothing else is wrong. */
    private static String needed(DescribedOperation operation, String besides) {
        return operation.queryNames().stream()
                .filter(name -> NEEDED.containsKey(name) && !name.equals(besides))
                .map(name -> name + "=" + NEEDED.get(name))
                .collect(Collectors.joining("&"));
    }

    private void expectNothingChanged() {
        assertThat(one.state()).as("what the workspace has").isEqualTo(before);
    }
}
