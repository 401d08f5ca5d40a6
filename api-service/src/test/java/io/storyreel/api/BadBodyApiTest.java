package io.storyreel.api;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.quarkus.test.common.QuarkusTestResource;
import io.quarkus.test.junit.QuarkusTest;
import io.vertx.mutiny.sqlclient.Pool;
import jakarta.inject.Inject;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.net.http.HttpResponse;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

/** What {@link BadInputApiTest} says, of the bodies of requests. */
@QuarkusTest
@QuarkusTestResource(Backends.class)
class BadBodyApiTest {
    @Inject
    Pool database;

    @Inject
    FinishedRender finished;

    @Inject
    ReportingWorker worker;

    private final BadCalls calls = new BadCalls();
    private OneOfEach one;
    private String before;
    private List<DescribedOperation> withJson;

    @BeforeEach
    void aWorkspaceWithOneOfEach() {
        worker.report();
        withJson = DescribedOperation.all().stream()
                .filter(DescribedOperation::takesJson)
                .toList();
        assertThat(withJson).hasSizeGreaterThan(9);
        one = new OneOfEach(database, finished);
        before = one.state();
    }

    @AfterEach
    void allWasRefused() {
        calls.requireNoFlaws();
    }

    @Test
    void bodies_are_json() {
        for (DescribedOperation operation : withJson) {
            for (String bad :
                    List.of("{", "[]", "3", "\"x\"", "{} {}", "{\"a\":1,}", "\u0000", "true", "{\"a\":1,\"a\":1}")) {
                calls.expectRefused(operation, bad, send(operation, bad));
            }
            for (String type : List.of("text/plain", "application/xml", "application/x-www-form-urlencoded", "x/y")) {
                HttpResponse<String> answer = BadCalls.send(
                        operation,
                        BadCalls.request(operation, one.address(operation), one.token()),
                        type,
                        SampleBody.textFor(operation));
                calls.expect(operation, type, 415, answer);
            }
            if (!operation.body().path("required").isEmpty()) {
                calls.expect(operation, "empty", 400, send(operation, ""));
                // Without a body there is no type either.
                calls.expectRefused(operation, "none", send(operation, null));
            }
        }
        expectNothingChanged();
    }

    @Test
    void what_cannot_be_is_refused_by_name() {
        for (DescribedOperation operation : withJson) {
            ObjectNode unknown = SampleBody.of(operation.body()).deepCopy();
            unknown.put("nosuchfield", 1);
            calls.expectBlame(operation, "unknown", "nosuchfield", send(operation, unknown.toString()));
            for (SampleBody.Spoilt spoilt : SampleBody.impossible(operation.body())) {
                // A change need not name what a whole needs.
                if (!(spoilt.how().equals("missing") && operation.method().equals("PATCH"))) {
                    HttpResponse<String> answer = send(operation, spoilt.body().toString());
                    calls.expectBlame(operation, spoilt.how(), spoilt.field(), answer);
                }
            }
        }
        expectNothingChanged();
    }

    @Test
    void odd_values_break_nothing() {
        for (DescribedOperation operation : withJson) {
            for (SampleBody.Spoilt odd : SampleBody.odd(operation.body())) {
                HttpResponse<String> answer = send(operation, odd.body().toString());
                if (answer.statusCode() / 100 != 2) {
                    calls.expectRefused(operation, odd.how(), answer);
                }
            }
        }
    }

    @Test
    void uploads_are_forms_with_a_file() {
        DescribedOperation.all().stream().filter(DescribedOperation::isUpload).forEach(this::expectForms);
        expectNothingChanged();
    }

    private void expectForms(DescribedOperation upload) {
        calls.expect(upload, "JSON", 415, send(upload, "{}"));
        for (String type : List.of("multipart/form-data", "multipart/form-data; boundary=x")) {
            for (String body : List.of("", "x", "--x\r\n\r\n\r\n--x--\r\n", "--x--\r\n")) {
                HttpResponse<String> answer =
                        BadCalls.send(upload, BadCalls.request(upload, one.address(upload), one.token()), type, body);
                calls.expectRefused(upload, type + " " + body, answer);
            }
        }
    }

    private HttpResponse<String> send(DescribedOperation operation, String body) {
        return BadCalls.send(operation, one.address(operation), one.token(), body);
    }

    private void expectNothingChanged() {
        assertThat(one.state()).as("what the workspace has").isEqualTo(before);
    }
}
