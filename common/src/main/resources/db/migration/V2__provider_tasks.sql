-- The ledger of attempts: every call that may cost money has a row before it is made, so that a restarted job adopts a
-- running task instead of paying for a second one.
create table provider_task (
    job_id            uuid        not null,
    -- Who paid. What one workspace has bought is not reused by another.
    workspace_id      uuid        not null,
    -- What was bought: a whole video, the clip of a scene, the voice of a line, a picture.
    purpose           text        not null check (purpose in ('video', 'clip', 'speech', 'image')),
    -- Index of the scene it was bought for; 0 for the whole storyboard.
    scene             integer     not null,
    -- A scene longer than the longest clip is made of several.
    part              integer     not null default 0,
    -- From 1 for each part, counted over all providers that were tried.
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
    -- What the provider said of how to reach the task, such as addresses.
    handle            jsonb,
    -- Every state the provider reported, in its own words: [{"at", "state"}].
    states            jsonb       not null default '[]',
    -- When a task that no running job waits for is looked at next: it was left behind for a fallback, or its job has
    -- ended. Null while its job takes care of it, and once it has come to its end.
    look_at           timestamptz,
    cost_estimated    numeric(14, 6) not null default 0,
    cost_actual       numeric(14, 6),
    result            jsonb,
    error             text,
    begun_at          timestamptz not null default clock_timestamp(),
    -- Set just before the provider is called, and taken back when it says no: until then it cannot have the task.
    sent_at           timestamptz,
    submitted_at      timestamptz,
    ended_at          timestamptz,
    primary key (job_id, purpose, scene, part, attempt)
) with (fillfactor = 50); -- every row is updated twice: room for that on its page

-- What was bought is found again by what shaped it. Speech is found in the object store, and the mock's videos are not
-- worth finding.
create index provider_task_by_digest on provider_task (workspace_id, digest)
    where purpose <> 'speech' and provider <> 'mock';
create index provider_task_left on provider_task (look_at) where look_at is not null;
