package io.storyreel.api.auth;

import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Base64;
import java.util.HexFormat;
import java.util.Set;
import java.util.UUID;

/** One-time codes that sign a browser in. Only their digests are stored, so the table is of no use to a thief. */
@ApplicationScoped
public class SignInLinks {
    /** Ours are half as long. */
    static final int LONGEST_CODE = 64;

    private static final int CODE_BYTES = 24;

    private static final String ADD =
            """
            with outdated as (delete from sign_in_link where expires_at < $5)
            insert into sign_in_link (code_sha256, subject, workspaces, expires_at) values ($1, $2, $3, $4)
            """;

    /** The second use of a code updates no row, however close together the two come. */
    private static final String USE =
            """
            update sign_in_link set used_at = $2 where code_sha256 = $1 and used_at is null and expires_at > $2
            returning subject, workspaces
            """;

    private final Pool pool;
    private final AuthSettings settings;
    private final Clock clock;
    private final SecureRandom random = new SecureRandom();

    /** @param code shown once */
    public record Link(String code, Instant expiresAt) {}

    public SignInLinks(Pool pool, AuthSettings settings, Clock clock) {
        this.pool = pool;
        this.settings = settings;
        this.clock = clock;
    }

    /** A link for somebody who may do what {@code caller} may. */
    public Uni<Link> create(Caller caller) {
        byte[] bytes = new byte[CODE_BYTES];
        random.nextBytes(bytes);
        String code = Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
        Instant now = clock.instant();
        Instant expiresAt = now.plus(settings.linkLifetime());
        Tuple values = Tuple.tuple()
                .addValue(digest(code))
                .addValue(caller.subject())
                .addValue(caller.workspaces().toArray(UUID[]::new))
                .addValue(expiresAt.atOffset(ZoneOffset.UTC))
                .addValue(now.atOffset(ZoneOffset.UTC));
        return pool.preparedQuery(ADD).execute(values).replaceWith(new Link(code, expiresAt));
    }

    /** Who the code signs in until the session's end, or null if it is unknown, used or expired. */
    public Uni<Caller> use(String code) {
        Instant now = clock.instant();
        return pool.preparedQuery(USE)
                .execute(Tuple.of(digest(code), now.atOffset(ZoneOffset.UTC)))
                .map(rows ->
                        rows.size() == 0 ? null : caller(rows.iterator().next(), now.plus(settings.sessionLifetime())));
    }

    private static Caller caller(Row row, Instant until) {
        return new Caller(row.getString("subject"), Set.of(row.getArrayOfUUIDs("workspaces")), until);
    }

    private static String digest(String code) {
        try {
            return HexFormat.of()
                    .formatHex(MessageDigest.getInstance("SHA-256").digest(code.getBytes(StandardCharsets.UTF_8)));
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java platform has SHA-256", e);
        }
    }
}
