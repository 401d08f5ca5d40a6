-- The ledger of attempts: every call that may cost money has a row before it is made, so that a restarted job adopts a
-- running task instead of paying for a second one.
create table provider_task (
    job_id            uuid        not null,
    -- What was bought: a whole video, the clip of a scene, the voice of a line.
    purpose           text        not null check (purpose in ('video', 'clip', 'speech')),
    -- Index of the scene it was bought for; 0 for the whole storyboard.
    scene             integer     not null,
    attempt           integer     not null,
    provider          text        not null,
    -- Digest of everything that shapes the result.
    digest            text        not null,
    -- begun: the provider is about to be called, or was called by a worker that died before it knew the answer.
    -- lost: nobody will ever know whether that call arrived.
    state             text        not null default 'begun'
        check (state in ('begun', 'running', 'succeeded', 'failed', 'canceled', 'lost')),
    -- The provider's own name of the task.
    provider_task_id  text,
    cost_estimated    numeric(14, 6) not null default 0,
    cost_actual       numeric(14, 6),
    result            jsonb,
    error             text,
    begun_at          timestamptz not null default clock_timestamp(),
    submitted_at      timestamptz,
    ended_at          timestamptz,
    primary key (job_id, purpose, scene, attempt)
) with (fillfactor = 50); -- every row is updated twice: room for that on its page
