package io.storyreel.api.problem;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.storyreel.common.problem.Problem;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.core.http.HttpHeaders;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.List;

/**
 * Catches what never reaches a resource: addresses that do not exist, and bodies that are too large to be read at all.
 */
@ApplicationScoped
class ProblemRoutes {
    private static final String API = "/api/*";

    /** Before the framework's own check, which closes the connection without a word. */
    private static final int BEFORE_BODIES = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 1;

    private static final int AFTER_EVERYTHING = Integer.MAX_VALUE - 1;

    private final ProblemAnswer answer;
    private final RequestLimits limits;

    ProblemRoutes(ProblemAnswer answer, RequestLimits limits) {
        this.answer = answer;
        this.limits = limits;
    }

    void register(@Observes Router router) {
        router.route(API).order(BEFORE_BODIES).handler(this::refuseLargeBody);
        router.route(API).order(AFTER_EVERYTHING).handler(this::refuseAddress);
        router.route(API).failureHandler(this::answerFailure);
    }

    private void refuseLargeBody(RoutingContext context) {
        HttpServerRequest request = context.request();
        String declared = request.getHeader(HttpHeaders.CONTENT_LENGTH);
        if (declared == null) {
            context.next();
            return;
        }
        String type = request.getHeader(HttpHeaders.CONTENT_TYPE);
        boolean upload = type != null && type.regionMatches(true, 0, "multipart/", 0, 10);
        long most = upload ? limits.upload().asLongValue() : limits.json().asLongValue();
        if (Long.parseLong(declared) <= most) {
            context.next();
            return;
        }
        // The rest of the body is still on its way and nobody will read it.
        context.response().putHeader(HttpHeaders.CONNECTION, HttpHeaders.CLOSE);
        answer.send(
                context,
                Problem.of(
                        ProblemCode.TOO_LARGE,
                        "The body may have at most " + most + " bytes, has " + declared + ".",
                        List.of()));
    }

    private void refuseAddress(RoutingContext context) {
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
