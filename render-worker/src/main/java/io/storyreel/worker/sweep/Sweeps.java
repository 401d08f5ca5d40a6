package io.storyreel.worker.sweep;

import com.github.f4b6a3.uuid.UuidCreator;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ListedObject;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.RowSet;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** The rows of sweeps: one is under way at most, and at one worker at a time. */
@ApplicationScoped
class Sweeps {
    private static final String BEGIN =
            """
            insert into object_sweep (id, dry_run, worker, lease_until)
            select $1, $2, $3, clock_timestamp() + make_interval(secs => $4::float8)
            where not exists (select from object_sweep where ended_at is null
                or begun_at > clock_timestamp() - make_interval(secs => $5::float8))
            on conflict do nothing
            returning *
            """;

    private static final String GO_ON =
            """
            update object_sweep set worker = $1, lease_until = clock_timestamp() + make_interval(secs => $2::float8)
            where ended_at is null and (worker = $1 or lease_until < clock_timestamp())
            returning *
            """;

    private static final String NEEDED = "select objects_needed($1) as object_key";

    /** A page counts once: who has lost the lease, or repeats a page that was counted, writes nothing. */
    private static final String ADVANCE =
            """
            with counted as (
                update object_sweep set prefix = $5, after_key = $6, listed = listed + $7, listed_bytes = listed_bytes + $8,
                    needed = needed + $9, young = young + $10, strange = strange + $11, orphans = orphans + $12,
                    orphan_bytes = orphan_bytes + $13,
                    samples = (samples || $14::text[])[1:20],
                    ended_at = case when $15 then clock_timestamp() end,
                    lease_until = clock_timestamp() + make_interval(secs => $16::float8)
                where id = $1 and worker = $2 and prefix = $3 and after_key = $4 and ended_at is null
                returning *
            ), asked as (
                insert into object_removal (object_key, reason, sweep_id, size_bytes)
                select o.object_key, 'orphan', c.id, o.size_bytes
                from counted c cross join unnest($14::text[], $17::bigint[]) as o(object_key, size_bytes)
                where not c.dry_run
                on conflict do nothing
            )
            select * from counted
            """;

    private final Pool pool;
    private final SweepSettings settings;
    private final UUID worker = UUID.randomUUID();

    Sweeps(Pool pool, SweepSettings settings) {
        this.pool = pool;
        this.settings = settings;
    }

    /** The sweep that this worker is to go on with, or begins now; null if there is none. */
    Uni<Sweep> mine() {
        return pool.preparedQuery(GO_ON).execute(Tuple.of(worker, lease())).chain(rows -> {
            Row under = only(rows);
            return under == null ? begun() : Uni.createFrom().item(Sweep.of(under));
        });
    }

    private Uni<Sweep> begun() {
        Tuple values = Tuple.of(
                UuidCreator.getTimeOrderedEpoch(),
                settings.dryRun(),
                worker,
                lease(),
                settings.interval().toMillis() / 1e3);
        return pool.preparedQuery(BEGIN).execute(values).map(rows -> {
            Row row = only(rows);
            return row == null ? null : Sweep.of(row);
        });
    }

    /** Those of the files that the database knows. */
    Uni<Set<String>> needed(Collection<ListedObject> objects) {
        String[] keys = objects.stream().map(ListedObject::key).toArray(String[]::new);
        return pool.preparedQuery(NEEDED).execute(Tuple.tuple().addValue(keys)).map(rows -> {
            Set<String> needed = new HashSet<>();
            rows.forEach(row -> needed.add(row.getString("object_key")));
            return needed;
        });
    }

    /**
     * Counts a page, and asks for its orphans to be removed.
     *
     * @return the row of the sweep, null if it is another worker's by now
     */
    Uni<Row> advance(Sweep from, Sweep to, SweptPage page, List<ListedObject> orphans) {
        Tuple values = Tuple.tuple()
                .addValue(from.id())
                .addValue(worker)
                .addValue(from.prefix())
                .addValue(from.after())
                .addValue(to.prefix())
                .addValue(to.after())
                .addValue((long) page.all().size())
                .addValue(SweptPage.bytes(page.all()))
                .addValue((long) page.old().size() - orphans.size())
                .addValue((long) page.young())
                .addValue((long) page.strange())
                .addValue((long) orphans.size())
                .addValue(SweptPage.bytes(orphans))
                .addValue(orphans.stream().map(ListedObject::key).toArray(String[]::new))
                .addValue(to.atItsEnd())
                .addValue(lease())
                .addValue(orphans.stream().map(ListedObject::size).toArray(Long[]::new));
        return pool.preparedQuery(ADVANCE).execute(values).map(Sweeps::only);
    }

    private double lease() {
        return settings.lease().toMillis() / 1e3;
    }

    private static Row only(RowSet<Row> rows) {
        return rows.size() == 0 ? null : rows.iterator().next();
    }
}
