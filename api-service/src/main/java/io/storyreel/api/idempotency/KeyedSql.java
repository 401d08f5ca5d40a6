package io.storyreel.api.idempotency;

/** The statements of keyed requests. Times come from the database, so that instances need not agree on the hour. */
final class KeyedSql {
    private KeyedSql() {}

    /**
     * $1 id, $2 request, $3 a new id to reserve, $4 hold in ms, $5 how long it is kept in ms. Answers nothing if it was
     * begun before, unless that is long ago, or whoever began it gave it up or died. Of any number at the same moment
     * one gets an answer.
     */
    static final String BEGIN =
            """
            insert into keyed_request as k (id, request, reserved_id, held_until, expires_at)
            values ($1, $2, $3, clock_timestamp() + $4::bigint * interval '1 millisecond',
                    clock_timestamp() + $5::bigint * interval '1 millisecond')
            on conflict (id) do update set request = excluded.request, attempt = k.attempt + 1, answer = null,
                held_until = excluded.held_until,
                reserved_id = case when k.expires_at > clock_timestamp() then k.reserved_id else $3 end,
                done = k.done and k.expires_at > clock_timestamp(),
                expires_at = case when k.expires_at > clock_timestamp() then k.expires_at else excluded.expires_at end
            where k.expires_at <= clock_timestamp()
                or k.answer is null and k.held_until <= clock_timestamp() and k.request = excluded.request
            returning attempt, reserved_id, done
            """;

    static final String READ =
            """
            select request, attempt, answer,
                greatest(0, ceil(extract(epoch from held_until - clock_timestamp()) * 1000))::bigint as left_ms
            from keyed_request where id = $1
            """;

    /** $1 id, $2 attempt; changes nothing if another attempt has begun. */
    static final String DONE = "update keyed_request set done = true where id = $1 and attempt = $2 and not done";

    /** $1 id, $2 attempt, $3 the answer. */
    static final String ANSWER = "update keyed_request set answer = $3 where id = $1 and attempt = $2";

    /** $1 id, $2 attempt: it has no answer; whoever repeats it carries it out under the same reserved id. */
    static final String GIVE_UP =
            "update keyed_request set held_until = clock_timestamp(), answer = null where id = $1 and attempt = $2";

    /** $1 id, $2 attempt: nothing was done, and the key may be used for anything. */
    static final String FORGET = "delete from keyed_request where id = $1 and attempt = $2";

    /** $1 ids, $2 their attempts, $3 hold in ms. */
    static final String PROLONG =
            """
            update keyed_request k set held_until = clock_timestamp() + $3::bigint * interval '1 millisecond'
            from unnest($1::text[], $2::int[]) as w(id, attempt)
            where k.id = w.id and k.attempt = w.attempt and k.answer is null
            """;

    /** $1 most. */
    static final String REMOVE_OLD =
            """
            delete from keyed_request where id in (select id from keyed_request where expires_at <= clock_timestamp()
                order by expires_at limit $1 for update skip locked)
            """;
}
