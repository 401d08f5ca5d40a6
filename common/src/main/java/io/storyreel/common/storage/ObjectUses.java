package io.storyreel.common.storage;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.infrastructure.Infrastructure;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/**
 * Who needs which of the files that several may share: pictures, music, voices, clips. Told before the file is looked for
 * or put, so that nobody removes it in between. A file that is being removed at that moment is waited for: afterwards it
 * is not there, and may be put again.
 */
@ApplicationScoped
public class ObjectUses {
    /** Who holds what is never to be removed. */
    public static final UUID NOBODY = new UUID(0, 0);

    /** As long as Postgres can say, and Java too. */
    private static final OffsetDateTime FOR_EVER = OffsetDateTime.of(9999, 1, 1, 0, 0, 0, 0, ZoneOffset.UTC);

    private static final String USE = "select use_objects($1, $2, $3) as object_key";
    private static final String RELEASE = "delete from object_use where user_id = $1";
    private static final Duration LOOK = Duration.ofMillis(500);

    /** A remover that died is replaced after some minutes; see the worker's {@code storyreel.removal.again}. */
    private static final int MOST_LOOKS_OF_JOBS = 1_800;

    /** Whoever waits for an answer does not wait that long. */
    private static final int MOST_LOOKS_OF_REQUESTS = 20;

    private final Pool pool;
    private final Clock clock;

    public ObjectUses(Pool pool, Clock clock) {
        this.pool = pool;
        this.clock = clock;
    }

    /** The job needs these files from now on. Fails with {@link StorageAwayException} if one is being removed for long. */
    public Uni<Void> use(UUID job, Collection<String> keys) {
        return free(keys, job, null, MOST_LOOKS_OF_JOBS);
    }

    /** The same for somebody who needs them for a time only, and whose patience is short. */
    public Uni<Void> hold(UUID holder, Collection<String> keys, Duration time) {
        return free(keys, holder, clock.instant().plus(time).atOffset(ZoneOffset.UTC), MOST_LOOKS_OF_REQUESTS);
    }

    /** These files are never removed. */
    public Uni<Void> keepForEver(Collection<String> keys) {
        return free(keys, NOBODY, FOR_EVER, MOST_LOOKS_OF_JOBS);
    }

    /** Holds those of the files that can be held; answers the others, which are being removed. */
    public Uni<Set<String>> tryToHold(UUID holder, Collection<String> keys, Duration time) {
        return claim(keys, holder, clock.instant().plus(time).atOffset(ZoneOffset.UTC));
    }

    /** Whoever held files for a time needs none of them any more. */
    public Uni<Void> release(UUID holder) {
        return pool.preparedQuery(RELEASE).execute(Tuple.of(holder)).replaceWithVoid();
    }

    private Uni<Void> free(Collection<String> keys, UUID user, OffsetDateTime until, int looks) {
        return claim(keys, user, until).chain(inRemoval -> {
            if (inRemoval.isEmpty()) {
                return Uni.createFrom().voidItem();
            }
            if (looks <= 1) {
                return Uni.createFrom()
                        .failure(new StorageAwayException(
                                LOOK, new IllegalStateException("a file is being removed and does not go away")));
            }
            return Uni.createFrom()
                    .voidItem()
                    .onItem()
                    .delayIt()
                    .onExecutor(Infrastructure.getDefaultWorkerPool())
                    .by(LOOK)
                    .chain(() -> free(inRemoval, user, until, looks - 1));
        });
    }

    private Uni<Set<String>> claim(Collection<String> keys, UUID user, OffsetDateTime until) {
        if (keys.isEmpty()) {
            return Uni.createFrom().item(Set.of());
        }
        Tuple values = Tuple.of(List.copyOf(keys).toArray(String[]::new), user, until);
        return pool.preparedQuery(USE).execute(values).map(rows -> {
            Set<String> inRemoval = new HashSet<>();
            rows.forEach(row -> inRemoval.add(row.getString("object_key")));
            return inRemoval;
        });
    }
}
