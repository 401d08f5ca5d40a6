-- Whom a workspace tells how its renders ended, and what came of telling them.

-- Ends of renders that somebody is to be told of and that are no deliveries yet. Written by the statement that ends the
-- job, so that none is lost; a worker makes the deliveries of it.
create table webhook_due (
    job_id       uuid primary key,
    -- Of the project, as it was when the job ended.
    webhook_url  text,
    at           timestamptz not null default clock_timestamp()
);

-- What deliveries to the addresses that projects name are signed with.
create table webhook_default_secret (
    workspace_id     uuid primary key,
    secret           text not null,
    -- Signs beside the new one until then, so that receivers can change over.
    previous_secret  text,
    previous_until   timestamptz
);

create table webhook_endpoint (
    id               uuid primary key,
    workspace_id     uuid        not null,
    url              text        not null,
    -- What it is told.
    events           text[]      not null,
    -- Named by projects (their webhook_url) and not registered: it is signed for with the workspace's default secret.
    of_projects      boolean     not null default false,
    secret           text check (of_projects = (secret is null)),
    previous_secret  text,
    previous_until   timestamptz,
    enabled          boolean     not null default true,
    disabled_reason  text,
    -- Since when every try has failed; null after a success.
    failing_since    timestamptz,
    created_at       timestamptz not null default clock_timestamp(),
    updated_at       timestamptz not null default clock_timestamp()
);
create index webhook_endpoint_by_workspace on webhook_endpoint (workspace_id, created_at desc, id desc);
-- By digest: an address may be longer than an index takes.
create unique index webhook_endpoint_of_projects on webhook_endpoint (workspace_id, md5(url)) where of_projects;

create table webhook_delivery (
    -- The receiver knows it as webhook-id; it is the same at every try.
    id           uuid primary key,
    endpoint_id  uuid        not null references webhook_endpoint on delete cascade,
    -- Null for a test.
    job_id       uuid,
    type         text        not null,
    -- Frozen: the bytes that are signed and sent at every try.
    body         text        not null,
    state        text        not null default 'pending' check (state in ('pending', 'delivered', 'failed')),
    -- Numbers the attempts; goes up when one begins. Whoever writes how one ended must name the latest.
    attempts     integer     not null default 0,
    -- How many have failed since it was made or replayed: tells when the next one is.
    tries        integer     not null default 0,
    -- While an attempt is under way: when another worker may try, because this one must have died.
    next_try_at  timestamptz not null default clock_timestamp(),
    created_at   timestamptz not null default clock_timestamp(),
    ended_at     timestamptz,
    unique (endpoint_id, job_id)
) with (fillfactor = 70); -- every row is updated at least twice: room for that on its page
create index webhook_delivery_by_endpoint on webhook_delivery (endpoint_id, created_at desc, id desc);
create index webhook_delivery_due on webhook_delivery (next_try_at, endpoint_id) where state = 'pending';
create index webhook_delivery_waiting on webhook_delivery (endpoint_id, next_try_at) where state = 'pending';
create index webhook_delivery_ended on webhook_delivery (ended_at) where ended_at is not null;

create table webhook_attempt (
    delivery_id  uuid        not null references webhook_delivery on delete cascade,
    number       integer     not null,
    at           timestamptz not null default clock_timestamp(),
    status_code  integer,
    -- The beginning of what the receiver answered.
    answer       text,
    error        text,
    -- Null while it is under way, and for ever if its worker died meanwhile.
    duration_ms  integer,
    primary key (delivery_id, number)
);
