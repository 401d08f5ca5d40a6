-- What Storyreel must never lose. Redis only rings, the object store only holds bytes.

create table video_project (
    id               uuid primary key,
    workspace_id     uuid        not null,
    title            text        not null,
    mode             text,
    style            text,
    target_duration  double precision,
    webhook_url      text,
    storyboard       jsonb       not null,
    -- Digest of the storyboard's stored form: two projects that render alike have the same one.
    spec_digest      text        not null,
    -- What accepting a render must know of the storyboard, so that it need not read it.
    scenes_total     integer     not null default 0,
    planned_seconds  double precision not null default 0,
    scenes_without_image integer[] not null default '{}',
    approved         boolean     not null default false,
    approved_at      timestamptz,
    version          integer     not null default 0,
    created_at       timestamptz not null default clock_timestamp(),
    updated_at       timestamptz not null default clock_timestamp()
);
create index video_project_by_workspace on video_project (workspace_id, created_at desc, id desc);

-- The storyboard a job renders, frozen when the project was saved. Shared by digest, so accepting a render moves no JSON.
create table render_spec (
    digest      text primary key,
    storyboard  jsonb       not null,
    created_at  timestamptz not null default clock_timestamp()
);

create table job (
    id                   uuid primary key,
    kind                 text        not null,
    workspace_id         uuid        not null,
    -- No foreign key: its check would lock the project's row for every render that is accepted. The insert reads the
    -- project instead, and a job must outlive its project, because it is the record of what was spent.
    project_id           uuid        not null,
    spec_digest          text        not null,
    provider             text        not null,
    -- Whom scenes go to when the provider is broken, in order; comma separated.
    fallback             text        not null default '',
    status               text        not null default 'pending'
        check (status in ('pending', 'processing', 'completed', 'failed', 'canceled')),
    -- Whether it is the only render of its project that may be active.
    exclusive            boolean     not null default true,
    progress             smallint    not null default 0 check (progress between 0 and 100),
    stage                text,
    message              text,
    scenes_total         integer     not null default 0,
    scenes_completed     integer     not null default 0,
    attempts             integer     not null default 0,
    retries              integer     not null default 0,
    lease_losses         integer     not null default 0,
    waiting_reason       text,
    waiting_since        timestamptz,
    waiting_until        timestamptz,
    waiting_position     integer,
    waiting_provider     text,
    not_before           timestamptz not null default clock_timestamp(),
    ring_at              timestamptz not null default clock_timestamp(),
    rings                integer     not null default 0,
    -- Fencing token: goes up with every claim and every takeover, so that a worker which lost its lease cannot write.
    lease_epoch          bigint      not null default 0,
    lease_owner          uuid,
    cancel_requested_at  timestamptz,
    error_code           text,
    error_message        text,
    result               jsonb,
    -- Null: nobody could say.
    cost_estimated       numeric(14, 6) default 0,
    -- What it may cost at most as far as anybody knew, and so what its budget keeps for it.
    cost_reserved        numeric(14, 6) not null default 0,
    cost_actual          numeric(14, 6),
    last_event           integer     not null default 1,
    traceparent          text,
    created_at           timestamptz not null default clock_timestamp(),
    started_at           timestamptz,
    completed_at         timestamptz,
    updated_at           timestamptz not null default clock_timestamp()
) with (fillfactor = 60); -- room for progress updates to stay on their page

create index job_by_workspace on job (workspace_id, created_at desc, id desc);
create index job_by_project on job (project_id, created_at desc);
create unique index job_one_active_render on job (project_id)
    where kind = 'render' and exclusive and status in ('pending', 'processing');
create index job_to_ring on job (ring_at) where status = 'pending';
create index job_to_cancel on job (id) where status = 'pending' and cancel_requested_at is not null;
create index job_by_lease on job (lease_owner) where status = 'processing';

-- One row a living worker: its jobs are leased for as long as it is alive. A heartbeat writes this row only, whatever
-- the number of jobs, so thousands of waiting jobs cost nothing.
create table worker_lease (
    worker_id    uuid primary key,
    name         text        not null,
    started_at   timestamptz not null default clock_timestamp(),
    alive_until  timestamptz not null
);
create index worker_lease_by_expiry on worker_lease (alive_until);

-- The history of a job, numbered from 1 without gaps. Written by the same statement that changes the job.
create table job_event (
    job_id            uuid        not null,
    seq               integer     not null,
    at                timestamptz not null default clock_timestamp(),
    type              text        not null,
    status            text        not null,
    progress          smallint    not null,
    stage             text,
    scene             integer,
    scenes_completed  integer     not null default 0,
    scenes_total      integer     not null default 0,
    message           text,
    waiting_reason    text,
    waiting_until     timestamptz,
    waiting_position  integer,
    waiting_provider  text,
    error_code        text,
    primary key (job_id, seq)
);

-- What each finished step of a job left behind: the next worker starts at the first step without a row.
create table job_step (
    job_id   uuid        not null,
    step     text        not null,
    result   jsonb       not null,
    done_at  timestamptz not null default clock_timestamp(),
    primary key (job_id, step)
);

-- Files that users uploaded, named by their content.
create table asset (
    workspace_id  uuid        not null,
    sha256        text        not null,
    extension     text        not null,
    media_type    text        not null,
    size_bytes    bigint      not null,
    created_at    timestamptz not null default clock_timestamp(),
    primary key (workspace_id, sha256)
);

-- One-time links for signing in a browser. Only the digest of the code is kept.
create table sign_in_link (
    code_sha256  text primary key,
    subject      text        not null,
    workspaces   uuid[]      not null,
    expires_at   timestamptz not null,
    used_at      timestamptz
);
