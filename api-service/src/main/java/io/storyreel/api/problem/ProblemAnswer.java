package io.storyreel.api.problem;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.storyreel.common.problem.Problem;
import io.storyreel.common.problem.ProblemCode;
import io.vertx.core.MultiMap;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** Turns failures into answers: which problem, which headers, and what the operator is told. */
@ApplicationScoped
public class ProblemAnswer {
    private static final Logger LOG = Logger.getLogger(ProblemAnswer.class);
    private static final String RETRY_SECONDS = "1";

    /** Member of problems that pass by themselves: in how many seconds. */
    private static final String RETRY_AFTER = "retry_after";

    private final ObjectMapper json;

    public ProblemAnswer(ObjectMapper json) {
        this.json = json;
    }

    /** Unexpected failures get a number that is logged with them, and no more: their text is not for clients. */
    public Problem problemOf(Throwable failure, String request) {
        Problem known = Problems.of(failure);
        if (known != null) {
            if (known.status() >= 500) {
                LOG.warnf("request not served: request=%s reason=%s", request, failure);
            }
            return known;
        }
        String id = UUID.randomUUID().toString();
        LOG.errorf(failure, "request failed: id=%s request=%s", id, request);
        return Problem.of(
                ProblemCode.INTERNAL,
                "Something went wrong on our side. The operator finds the reason in the log under " + id + ".",
                List.of());
    }

    public static Map<String, String> headersOf(Problem problem) {
        Object after = problem.members().get(RETRY_AFTER);
        if (after != null) {
            return Map.of("Retry-After", after.toString());
        }
        return switch (problem.status()) {
            case 401 -> Map.of("WWW-Authenticate", "Bearer realm=\"storyreel\"");
            case 503 -> Map.of("Retry-After", RETRY_SECONDS);
            default -> Map.of();
        };
    }

    static Problem wrongMethod(String method, Set<String> known) {
        return Problem.of(
                ProblemCode.METHOD_NOT_ALLOWED,
                "This address knows " + String.join(", ", known) + " and not " + method + ".",
                List.of());
    }

    /** For requests that are served outside of the resource classes. */
    public void send(RoutingContext context, Throwable failure) {
        send(context, problemOf(failure, context.request().method() + " " + context.normalizedPath()));
    }

    /** Before anybody has read the request: if a body is on its way, nobody will, so the connection ends with the answer. */
    public void sendUnread(RoutingContext context, Problem problem) {
        if (announcesBody(context.request())) {
            context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        }
        send(context, problem);
    }

    /** In HTTP/2 a body needs no header, but who sends one names its type. */
    private static boolean announcesBody(HttpServerRequest request) {
        MultiMap headers = request.headers();
        return headers.contains(HttpHeaders.CONTENT_LENGTH)
                || headers.contains(HttpHeaders.TRANSFER_ENCODING)
                || headers.contains(HttpHeaders.CONTENT_TYPE);
    }

    public void send(RoutingContext context, Problem problem) {
        HttpServerResponse response = context.response();
        if (response.ended() || response.closed()) {
            return;
        }
        if (response.headWritten()) {
            response.reset();
            return;
        }
        headersOf(problem).forEach(response::putHeader);
        response.setStatusCode(problem.status())
                .putHeader("Content-Type", Problem.MEDIA_TYPE)
                .end(Buffer.buffer(bytes(problem)));
    }

    private byte[] bytes(Problem problem) {
        try {
            return json.writeValueAsBytes(problem);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a problem must always have a JSON form", e);
        }
    }
}
