package io.storyreel.api.auth;

import io.vertx.core.http.Cookie;
import io.vertx.core.http.CookieSameSite;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.HttpServerRequest;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/**
 * Keeps a browser's token where scripts cannot read it. Because browsers send cookies by themselves, unsafe requests
 * must show that they come from our own pages.
 */
final class SessionCookie {
    static final String NAME = "storyreel_session";

    private static final Set<HttpMethod> SAFE = Set.of(HttpMethod.GET, HttpMethod.HEAD, HttpMethod.OPTIONS);

    private SessionCookie() {}

    static Cookie of(String token, long maxAgeSeconds, boolean secure) {
        return Cookie.cookie(NAME, token)
                .setPath("/")
                .setHttpOnly(true)
                .setSecure(secure)
                .setSameSite(CookieSameSite.STRICT)
                .setMaxAge(maxAgeSeconds);
    }

    /** Whether the request would do no harm if another site had sent it, or shows that none did. */
    static boolean mayBeTrusted(HttpServerRequest request) {
        if (SAFE.contains(request.method())) {
            return true;
        }
        String site = request.getHeader("Sec-Fetch-Site");
        if (site != null) {
            return site.equals("same-origin") || site.equals("none");
        }
        String origin = request.getHeader("Origin");
        return origin == null || sameAuthority(origin, request);
    }

    private static boolean sameAuthority(String origin, HttpServerRequest request) {
        try {
            return request.authority() != null
                    && request.authority().toString().equalsIgnoreCase(new URI(origin).getRawAuthority());
        } catch (URISyntaxException notAnOrigin) {
            return false;
        }
    }
}
