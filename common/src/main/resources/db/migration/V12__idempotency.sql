-- Requests that name an Idempotency-Key, and what they were answered: a repetition is answered the same and does nothing.
create table keyed_request (
    -- Digest of whose key it is and of the key itself, which is not kept.
    id           text primary key,
    -- Digest of method, path, query and body.
    request      text        not null,
    -- The id of what the request makes. Whoever carries it out after an instance that died either finds what that one
    -- has made, or makes it under the same id: there are never two.
    reserved_id  uuid        not null,
    -- Set by the transaction that did the work, where what it did has no id of its own.
    done         boolean     not null default false,
    -- Goes up when another instance, or a repetition, carries the request out anew: who is late writes nothing.
    attempt      integer     not null default 1,
    -- Whoever carries it out is alive until then, or has prolonged it.
    held_until   timestamptz not null,
    -- Encrypted with the key that is not kept. Null until there is one.
    answer       bytea check (octet_length(answer) <= 1048576),
    expires_at   timestamptz not null
);
create index keyed_request_by_expiry on keyed_request (expires_at);
