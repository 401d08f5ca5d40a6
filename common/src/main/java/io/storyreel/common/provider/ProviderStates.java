package io.storyreel.common.provider;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import io.smallrye.mutiny.Uni;
import io.vertx.mutiny.sqlclient.Pool;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import jakarta.enterprise.context.ApplicationScoped;

import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.StreamSupport;

/** The board on which every worker keeps telling what its providers offer and how they fare. */
@ApplicationScoped
public class ProviderStates {

    /** Of a dead worker no more is kept than what nobody has said better since. */
    private static final String PUBLISH =
            """
            with outdated as (
                delete from provider_state old
                where old.reported_at < clock_timestamp() - interval '7 days'
                    or old.reported_at < clock_timestamp() - interval '5 minutes' and exists (
                        select from provider_state later where later.provider = old.provider and later.kind = old.kind
                            and later.reported_at > old.reported_at)
            )
            insert into provider_state as s (worker_id, provider, kind, offer, health, turn)
            select $1, provider, kind, offer::jsonb, health::jsonb, turn
            from unnest($2::text[], $3::text[], $4::text[], $5::text[], $6::int[])
                as r(provider, kind, offer, health, turn)
            on conflict (worker_id, provider, kind) do update
                set offer = excluded.offer, health = excluded.health, turn = excluded.turn,
                    reported_at = clock_timestamp()
            """;

    private static final String READ =
            """
            select offer::text as offer, health::text as health, turn, reported_at,
                reported_at > clock_timestamp() - $1 * interval '1 millisecond' as living
            from provider_state
            """;

    private static final JsonMapper MAPPER = JsonMapper.builder()
            .addModule(new JavaTimeModule())
            .disable(SerializationFeature.WRITE_DATES_AS_TIMESTAMPS)
            // Reports of a newer worker must stay readable during an upgrade.
            .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
            .build();

    private final Pool pool;

    public ProviderStates(Pool pool) {
        this.pool = pool;
    }

    /** Takes the place of what the worker said before; what nobody needs any more is removed. */
    public Uni<Void> publish(UUID worker, List<ProviderReport> reports) {
        Tuple values = Tuple.tuple()
                .addValue(worker)
                .addValue(column(reports, report -> report.offer().provider()))
                .addValue(column(reports, report -> report.offer().kind().name()))
                .addValue(column(reports, report -> write(report.offer())))
                .addValue(column(reports, report -> write(report.health())))
                .addValue(reports.stream().map(ProviderReport::turn).toArray(Integer[]::new));
        return pool.preparedQuery(PUBLISH).execute(values).replaceWithVoid();
    }

    /** @param living how long after its last report a worker counts as living */
    public Uni<List<ProviderState>> read(Duration living) {
        return pool.preparedQuery(READ).execute(Tuple.of(living.toMillis())).map(rows -> StreamSupport.stream(
                        rows.spliterator(), false)
                .map(ProviderStates::state)
                .toList());
    }

    private static ProviderState state(Row row) {
        return new ProviderState(
                new ProviderReport(
                        read(row.getString("offer"), ProviderOffer.class),
                        read(row.getString("health"), ProviderHealth.class),
                        row.getInteger("turn")),
                row.getOffsetDateTime("reported_at").toInstant(),
                row.getBoolean("living"));
    }

    private static String[] column(List<ProviderReport> reports, Function<ProviderReport, String> value) {
        return reports.stream().map(value).toArray(String[]::new);
    }

    private static String write(Object value) {
        try {
            return MAPPER.writeValueAsString(value);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a report must always have a JSON form", e);
        }
    }

    private static <T> T read(String json, Class<T> type) {
        try {
            return MAPPER.readValue(json, type);
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("a stored report cannot be read: " + e.getOriginalMessage(), e);
        }
    }
}
