package io.storyreel.api.problem;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.quarkus.vertx.http.runtime.VertxHttpRecorder;
import io.storyreel.common.problem.Problem;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpVersion;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.List;
import java.util.Set;

/**
 * Catches what never reaches a resource: addresses that do not exist, and headers and bodies that are too large to be read
 * at all.
 */
@ApplicationScoped
class ProblemRoutes {
    private static final String API = "/api/*";

    /** Before the framework's own check, which closes the connection without a word. */
    private static final int BEFORE_BODIES = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1;

    /** After the framework has noted its own limit for bodies of unknown length, which is that of uploads. */
    private static final int BEFORE_RESOURCES = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT + 1;

    private static final Set<HttpMethod> WITH_BODY = Set.of(HttpMethod.POST, HttpMethod.PUT, HttpMethod.PATCH);

    private static final int AFTER_EVERYTHING = Integer.MAX_VALUE - 1;

    private final ProblemAnswer answer;
    private final RequestLimits limits;
    private final KnownAddresses addresses;

    ProblemRoutes(ProblemAnswer answer, RequestLimits limits, KnownAddresses addresses) {
        this.addresses = addresses;
        this.answer = answer;
        this.limits = limits;
    }

    void register(@Observes Router router) {
        router.route(API).order(BEFORE_BODIES).handler(this::refuseTooLarge);
        router.route(API).order(BEFORE_RESOURCES).handler(this::limitUnknownLength);
        router.route(API).order(AFTER_EVERYTHING).handler(this::refuseAddress);
        router.route(API).failureHandler(this::answerFailure);
    }

    private void refuseTooLarge(RoutingContext context) {
        Violation header = HeaderLimits.tooLong(context.request());
        if (header == null) {
            refuseLargeBody(context);
        } else {
            answer.sendUnread(
                    context,
                    Problem.of(
                            ProblemCode.INVALID_REQUEST,
                            "The header " + header.field() + " " + header.message() + ".",
                            List.of(header)));
        }
    }

    private void refuseLargeBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        long most = isUpload(request)
                ? limits.upload().asLongValue()
                : limits.json().asLongValue();
        if (declared != null && Long.parseLong(declared) > most) {
            answer.sendUnread(
                    context,
                    Problem.of(
                            ProblemCode.TOO_LARGE,
                            "The body may have at most " + most + " bytes, has " + declared + "."
                                    + (isUpload(request) ? " Send large music by way of POST …/uploads." : ""),
                            List.of()));
        } else if (isOfUnknownLength(request) && !isUpload(request)) {
            // It would be collected whole before anybody could say that it is too much, or be cut off without a word.
            answer.sendUnread(
                    context,
                    Problem.of(
                            ProblemCode.LENGTH_REQUIRED,
                            "Send the body with a Content-Length, not in chunks; it may have at most " + most
                                    + " bytes.",
                            List.of()));
        } else {
            context.next();
        }
    }

    /** In HTTP/2 no header says whether a body follows, but who names its type means to send one. */
    private static boolean isOfUnknownLength(HttpServerRequest request) {
        return request.headers().contains(HttpHeaders.TRANSFER_ENCODING)
                || request.version() == HttpVersion.HTTP_2
                        && WITH_BODY.contains(request.method())
                        && request.headers().contains(HttpHeaders.CONTENT_TYPE)
                        && !request.headers().contains(HttpHeaders.CONTENT_LENGTH);
    }

    /** What comes over HTTP/2 with neither type nor length the framework cuts off: at the limit of JSON. */
    private void limitUnknownLength(RoutingContext context) {
        if (context.get(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY) != null && !isUpload(context.request())) {
            context.put(VertxHttpRecorder.MAX_REQUEST_SIZE_KEY, limits.json().asLongValue());
        }
        context.next();
    }

    /** Everywhere else a multipart body is refused for its type, but only after it was collected. */
    private static boolean isUpload(HttpServerRequest request) {
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        return request.path().endsWith("/assets") && type != null && type.regionMatches(true, 0, "multipart/", 0, 10);
    }

    private void refuseAddress(RoutingContext context) {
        Set<String> methods = addresses.methodsOf(context.normalizedPath());
        if (!methods.isEmpty()) {
            context.response().putHeader(HttpHeaders.ALLOW, String.join(", ", methods));
            answer.send(
                    context,
                    ProblemAnswer.wrongMethod(context.request().method().name(), methods));
            return;
        }
        answer.send(
                context,
                new ProblemException(
                        ProblemCode.NOT_FOUND,
                        "There is nothing at " + context.request().method() + " " + context.normalizedPath() + "."));
    }

    private void answerFailure(RoutingContext context) {
        Problem ofStatus = context.failure() == null ? Problems.ofStatus(context.statusCode()) : null;
        if (ofStatus != null) {
            answer.send(context, ofStatus);
        } else {
            answer.send(context, context.failure());
        }
    }
}
