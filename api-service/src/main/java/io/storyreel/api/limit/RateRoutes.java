package io.storyreel.api.limit;

import io.quarkus.vertx.http.runtime.RouteConstants;
import io.storyreel.api.auth.Authentication;
import io.storyreel.api.auth.Caller;
import io.storyreel.api.limit.RateLimits.Verdict;
import io.storyreel.api.problem.ProblemAnswer;
import io.storyreel.common.problem.Problem;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.ext.web.Router;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.List;
import java.util.Map;

/** Counts every request before anything is done for it, be it for a resource or a route. */
@ApplicationScoped
class RateRoutes {
    /** Before anybody looks at bodies: what is refused is not read. */
    private static final int FIRST = RouteConstants.ROUTE_ORDER_UPLOAD_LIMIT - 2;

    private final RateSettings settings;
    private final RateLimits limits;
    private final Authentication authentication;
    private final ProblemAnswer answer;

    RateRoutes(RateSettings settings, RateLimits limits, Authentication authentication, ProblemAnswer answer) {
        this.settings = settings;
        this.limits = limits;
        this.authentication = authentication;
        this.answer = answer;
    }

    void register(@Observes Router router) {
        if (settings.enabled()) {
            router.route("/api/*").order(FIRST).handler(this::count);
            router.route("/health/*").order(FIRST).handler(this::count);
        }
    }

    private void count(RoutingContext context) {
        HttpServerRequest request = context.request();
        Caller caller = callerOf(request);
        RequestKind kind =
                caller == null ? RequestKind.ANONYMOUS : RequestKind.of(request.method(), context.normalizedPath());
        Verdict verdict =
                limits.count(kind, caller == null ? Requester.of(request.remoteAddress()) : Requester.of(caller));
        if (verdict != null) {
            context.response()
                    .putHeader("RateLimit-Policy", verdict.policy())
                    .putHeader("RateLimit", verdict.standing());
        }
        if (verdict == null || verdict.retryAfter() == 0) {
            context.next();
        } else {
            refuse(context, kind, verdict);
        }
    }

    /** Null if nobody knows who it is; whoever needs to know says so later. */
    private Caller callerOf(HttpServerRequest request) {
        try {
            return authentication.callerOf(request);
        } catch (ProblemException unknown) {
            return null;
        }
    }

    private void refuse(RoutingContext context, RequestKind kind, Verdict verdict) {
        String whose =
                kind == RequestKind.ANONYMOUS ? "requests without a good token from one address" : kind.wireName();
        answer.sendUnread(
                context,
                Problem.of(
                        ProblemCode.RATE_LIMITED,
                        "At most " + kind.most(settings) + " " + whose + " in "
                                + settings.window().toSeconds() + " s: go on in " + verdict.retryAfter() + " s.",
                        List.of(),
                        Map.of("retry_after", verdict.retryAfter(), "kind", kind.wireName())));
    }
}
