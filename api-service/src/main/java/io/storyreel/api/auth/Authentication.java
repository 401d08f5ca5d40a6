package io.storyreel.api.auth;

import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.core.http.Cookie;
import io.vertx.core.http.HttpServerRequest;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.UUID;

/** Finds out who sent a request: a bearer token, or the cookie of a signed-in browser. */
@ApplicationScoped
public class Authentication {
    private static final String BEARER = "Bearer ";

    private final TokenVerifier tokens;

    public Authentication(TokenVerifier tokens) {
        this.tokens = tokens;
    }

    /** Fails with a {@link ProblemException} when there is no good token. */
    public Caller callerOf(HttpServerRequest request) {
        String authorization = request.getHeader("Authorization");
        if (authorization != null) {
            if (!authorization.regionMatches(true, 0, BEARER, 0, BEARER.length())) {
                throw new ProblemException(
                        ProblemCode.UNAUTHORIZED, "Send the token as `Authorization: Bearer <token>`.");
            }
            return tokens.verify(authorization.substring(BEARER.length()).strip());
        }
        Cookie cookie = request.getCookie(SessionCookie.NAME);
        if (cookie == null) {
            throw new ProblemException(
                    ProblemCode.UNAUTHORIZED, "Send a token as `Authorization: Bearer <token>`, or sign in.");
        }
        if (!SessionCookie.mayBeTrusted(request)) {
            throw new ProblemException(
                    ProblemCode.FORBIDDEN, "A signed-in browser may change things from this server's own pages only.");
        }
        return tokens.verify(cookie.getValue());
    }

    /** The same, in a workspace that the caller may enter. Others are as good as missing. */
    public Caller callerIn(String workspace, HttpServerRequest request) {
        Caller caller = callerOf(request);
        if (!caller.mayEnter(workspaceId(workspace))) {
            throw noSuchWorkspace(workspace);
        }
        return caller;
    }

    private static UUID workspaceId(String text) {
        try {
            return UUID.fromString(text);
        } catch (IllegalArgumentException notAnId) {
            throw noSuchWorkspace(text);
        }
    }

    private static ProblemException noSuchWorkspace(String text) {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no workspace " + text + ".");
    }
}
