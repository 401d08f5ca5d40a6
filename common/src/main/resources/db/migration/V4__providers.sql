-- What the workers say of their providers. Keys and addresses are known to the workers only: who plans and accepts
-- renders knows of providers what stands here. A worker writes its rows every few seconds; they outlive it, so that
-- plans can be made while no worker runs.
create table provider_state (
    worker_id    uuid        not null,
    provider     text        not null,
    kind         text        not null,
    offer        jsonb       not null,
    health       jsonb       not null,
    -- Who of several that were set up for the same is asked first.
    turn         integer     not null default 0,
    reported_at  timestamptz not null default clock_timestamp(),
    primary key (worker_id, provider, kind)
) with (fillfactor = 50); -- every row is updated all the time: room for that on its page

-- How long a provider usually takes. What is spoken or pretended is left out: nobody asks how long it takes.
create index provider_task_by_provider on provider_task (provider, ended_at desc)
    where state = 'succeeded' and purpose <> 'speech' and provider <> 'mock';
