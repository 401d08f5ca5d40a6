package io.storyreel.api.auth;

import io.smallrye.jwt.build.Jwt;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.config.inject.ConfigProperty;

import java.time.Clock;
import java.util.List;
import java.util.UUID;

/** Signs the tokens of browsers that followed a sign-in link. */
@ApplicationScoped
public class TokenIssuer {
    private final AuthSettings settings;
    private final Clock clock;
    private final String issuer;

    public TokenIssuer(
            AuthSettings settings, Clock clock, @ConfigProperty(name = "mp.jwt.verify.issuer") String issuer) {
        this.settings = settings;
        this.clock = clock;
        this.issuer = issuer;
    }

    public String issue(Caller caller) {
        List<String> workspaces =
                caller.workspaces().stream().map(UUID::toString).sorted().toList();
        return Jwt.issuer(issuer)
                .subject(caller.subject())
                .claim("workspaces", workspaces)
                .issuedAt(clock.instant())
                .expiresAt(caller.expiresAt())
                .signWithSecret(settings.secret());
    }
}
