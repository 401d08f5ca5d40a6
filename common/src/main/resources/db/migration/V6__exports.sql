-- Finished videos in other formats and sizes.
create table video_export (
    id              uuid primary key,
    workspace_id    uuid        not null,
    project_id      uuid        not null,
    -- The render that is exported, and the content of its video: two renders may have made the same.
    source_job_id   uuid        not null,
    source_sha256   text        not null,
    -- Name of the preset, and what it stood for when the export was asked for: presets of workspaces change.
    quality         text        not null,
    parameters      jsonb       not null,
    format          text        not null check (format in ('mp4', 'mov', 'webm')),
    -- Digest of the source, the parameters and the format: whoever asks for the same gets the same.
    cache_key       text        not null,
    -- Who makes it, or has made it. Its state is the export's, until the file is there. Null within the transaction
    -- that inserts the row.
    job_id          uuid,
    object_key      text,
    media_type      text,
    size_bytes      bigint,
    sha256          text,
    seconds         double precision,
    width           integer,
    height          integer,
    created_at      timestamptz not null default clock_timestamp(),
    ready_at        timestamptz,
    last_used_at    timestamptz not null default clock_timestamp(),
    -- Nobody gets it any more; the row goes once its file has gone.
    removed_at      timestamptz,
    check (ready_at is null or (object_key is not null and sha256 is not null and size_bytes is not null))
);
create unique index video_export_once on video_export (project_id, cache_key) where removed_at is null;
create index video_export_of_video on video_export (project_id, source_sha256, created_at desc, id desc);
create index video_export_by_use on video_export (last_used_at);
create index video_export_removed on video_export (removed_at) where removed_at is not null;

-- What a workspace calls a size, its bitrates, a frame rate and a codec.
create table export_preset (
    workspace_id  uuid        not null,
    name          text        not null,
    -- Of landscape videos, in pixels; portrait ones swap it, others crop it.
    width         integer     not null,
    height        integer     not null,
    video_kbps    integer     not null,
    audio_kbps    integer     not null,
    -- Null: as the video has.
    fps           integer,
    -- Null: the one of the format.
    codec         text check (codec in ('h264', 'vp9')),
    created_at    timestamptz not null default clock_timestamp(),
    updated_at    timestamptz not null default clock_timestamp(),
    primary key (workspace_id, name)
);
