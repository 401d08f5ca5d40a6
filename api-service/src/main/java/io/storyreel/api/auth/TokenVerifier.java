package io.storyreel.api.auth;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.jwt.auth.principal.JWTParser;
import io.smallrye.jwt.auth.principal.ParseException;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.json.JsonString;
import org.eclipse.microprofile.jwt.JsonWebToken;

import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.Set;
import java.util.UUID;

/**
 * Checks bearer tokens. A token that was good once is good until it expires, so its signature is checked once and the
 * answer remembered: with thousands of requests a second this is the difference between microseconds and nothing.
 */
@ApplicationScoped
public class TokenVerifier {
    /** Far above any real token; longer ones are refused before any work is done on them. */
    static final int LONGEST_TOKEN = 8_192;

    private static final String WORKSPACES_CLAIM = "workspaces";

    private final JWTParser parser;
    private final AuthSettings settings;
    private final Clock clock;
    private final Cache<String, Caller> verified;

    public TokenVerifier(JWTParser parser, AuthSettings settings, Clock clock) {
        this.parser = parser;
        this.settings = settings;
        this.clock = clock;
        this.verified =
                Caffeine.newBuilder().maximumSize(settings.rememberedTokens()).build();
    }

    /** Fails with a {@link ProblemException} if the token is not good, and says why. */
    public Caller verify(String token) {
        Caller known = verified.getIfPresent(token);
        if (known == null) {
            known = check(token);
            verified.put(token, known);
        }
        if (!clock.instant().isBefore(known.expiresAt())) {
            verified.invalidate(token);
            throw refused("The token has expired; get a new one.");
        }
        return known;
    }

    private Caller check(String token) {
        if (token.length() > LONGEST_TOKEN) {
            throw refused("The token is longer than " + LONGEST_TOKEN + " characters.");
        }
        try {
            JsonWebToken jwt = parser.verify(token, settings.secret());
            if (jwt.getSubject() == null) {
                throw refused("The token does not say whose it is: it needs the claim sub.");
            }
            return new Caller(jwt.getSubject(), workspaces(jwt), Instant.ofEpochSecond(jwt.getExpirationTime()));
        } catch (ParseException | IllegalArgumentException notGood) {
            throw refused("The token is expired, malformed or was not signed by this server; get a new one.");
        }
    }

    private static Set<UUID> workspaces(JsonWebToken jwt) {
        Set<UUID> workspaces = new HashSet<>();
        if (jwt.getClaim(WORKSPACES_CLAIM) instanceof Collection<?> named) {
            named.forEach(one -> workspaces.add(
                    UUID.fromString(one instanceof JsonString text ? text.getString() : String.valueOf(one))));
        }
        return Set.copyOf(workspaces);
    }

    private static ProblemException refused(String why) {
        return new ProblemException(ProblemCode.UNAUTHORIZED, why);
    }
}
