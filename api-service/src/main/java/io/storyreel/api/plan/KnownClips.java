package io.storyreel.api.plan;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectUses;
import io.storyreel.common.storyboard.AssetReference;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.UUID;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** What earlier renders left behind that a new one need not buy. */
@ApplicationScoped
class KnownClips {
    /** Says in the index' own words what that leaves out, or the whole ledger would be read. */
    static final String BOUGHT =
            """
            select distinct on (digest) digest, result ->> 'key' as key from provider_task
            where workspace_id = $1 and digest = any($2) and purpose = 'clip' and provider <> 'mock'
                and state = 'succeeded'
            order by digest, ended_at desc
            """;

    /** Of the project's last 20 renders: what stood under an address then is the best guess for what stands there now. */
    private static final String PREPARED =
            """
            select s.result ->> 'source' as source, s.result ->> 'key' as key
            from job_step s join (select id from job where project_id = $1 order by created_at desc limit 20) j
                on j.id = s.job_id
            where s.step like 'prepare:%' and s.result ->> 'source' = any($2)
            order by s.done_at
            """;

    private static final Pattern CONTENT = Pattern.compile("content/[0-9a-f]{2}/([0-9a-f]{64})\\.[a-z0-9]+");

    /** What a plan counts on is not removed before the render that is told by it has begun, as renders go. */
    private static final Duration COUNTED_ON = Duration.ofDays(1);

    private final Pool pool;
    private final ClipFiles files;
    private final ObjectUses uses;

    KnownClips(Pool pool, ClipFiles files, ObjectUses uses) {
        this.pool = pool;
        this.files = files;
        this.uses = uses;
    }

    /**
     * Those of the digests that the workspace has bought a clip of and that is not gone; true if the clip is known to be
     * there, false if that could not be found out.
     */
    Uni<Map<String, Boolean>> bought(UUID workspace, Collection<String> digests) {
        if (digests.isEmpty()) {
            return Uni.createFrom().item(Map.of());
        }
        return pool.preparedQuery(BOUGHT)
                .execute(Tuple.of(workspace, digests.toArray(String[]::new)))
                .chain(rows -> {
                    Map<String, String> keys = new HashMap<>();
                    rows.forEach(row -> keys.put(row.getString("digest"), row.getString("key")));
                    return uses.tryToHold(workspace, Set.copyOf(keys.values()), COUNTED_ON)
                            .invoke(inRemoval -> keys.values().removeAll(inRemoval))
                            .chain(() -> files.there(keys));
                });
    }

    /** SHA-256 of the pictures by address, as far as it is known. */
    Uni<Map<String, String>> pictures(UUID project, Collection<String> addresses) {
        Map<String, String> known = new HashMap<>();
        Set<String> unknown = new HashSet<>();
        addresses.forEach(address -> {
            if (AssetReference.isOne(address)) {
                known.put(address, AssetReference.parse(address).sha256());
            } else {
                unknown.add(address);
            }
        });
        if (unknown.isEmpty()) {
            return Uni.createFrom().item(known);
        }
        return pool.preparedQuery(PREPARED)
                .execute(Tuple.of(project, unknown.toArray(String[]::new)))
                .map(rows -> {
                    rows.forEach(row -> {
                        Matcher content = CONTENT.matcher(String.valueOf(row.getString("key")));
                        if (content.matches()) {
                            known.put(row.getString("source"), content.group(1));
                        }
                    });
                    return known;
                });
    }
}
