-- Which files of the object store are still needed, which are to be removed, and what was removed.

-- Who needs a file that several may share: pictures, voices, clips. Written before the file is looked for or put there,
-- so that whoever removes files knows of everybody who may be about to use one.
create table object_use (
    object_key  text not null,
    -- A job, which needs the file while it is active and for as long as its project is there; or somebody who needs it
    -- for a time only.
    user_id     uuid not null,
    -- Until then it is needed, whoever the user is. Null: for as long as its job says.
    held_until  timestamptz,
    primary key (object_key, user_id)
);
create index object_use_by_user on object_use (user_id);
create index object_use_held on object_use (held_until) where held_until is not null;

-- Files to be removed, unless it turns out that somebody needs them. A row goes once its file has gone.
create table object_removal (
    object_key  text primary key,
    reason      text        not null check (reason in ('deleted', 'retention', 'orphan')),
    sweep_id    uuid,
    size_bytes  bigint,
    asked_at    timestamptz not null default clock_timestamp(),
    -- Somebody is removing it, and nobody can keep it any more: whoever needs it waits until it is gone.
    taken_at    timestamptz,
    taken_by    uuid
);
create index object_removal_due on object_removal (asked_at);

-- Projects that are deleted, until everything of theirs is gone but the record of what was spent.
create table project_removal (
    project_id    uuid primary key,
    workspace_id  uuid        not null,
    asked_at      timestamptz not null default clock_timestamp(),
    look_at       timestamptz not null default clock_timestamp()
);
create index project_removal_due on project_removal (look_at);

-- Which uploads a project names or has named: its scenes' former pictures can be taken back.
create table project_asset (
    project_id    uuid not null,
    workspace_id  uuid not null,
    sha256        text not null,
    primary key (project_id, sha256)
);
create index project_asset_by_file on project_asset (workspace_id, sha256);

create index asset_by_content on asset (sha256);
create index video_export_by_object on video_export (object_key) where object_key is not null;
-- Videos that may be removed some day, oldest first; one that is removed leaves the index.
create index job_with_video on job (completed_at)
    where kind = 'render' and status = 'completed' and (result -> 'video') is not null;
create index job_ended on job (completed_at, id) where completed_at is not null;

-- Up to which ended job somebody has been at something that is kept for a time only.
create table retention_mark (
    what          text primary key,
    completed_at  timestamptz not null,
    job_id        uuid        not null
);

-- What a look through the object store found. One is under way at most; whoever holds the lease goes on with it.
create table object_sweep (
    id             uuid primary key,
    -- Only looked: nothing is removed.
    dry_run        boolean     not null,
    worker         uuid        not null,
    lease_until    timestamptz not null,
    -- Where it goes on: the number of the prefix, and the last key that was looked at.
    prefix         integer     not null default 0,
    after_key      text        not null default '',
    listed         bigint      not null default 0,
    listed_bytes   bigint      not null default 0,
    -- Known to the database.
    needed         bigint      not null default 0,
    -- Younger than the grace period: may be on its way into the database.
    young          bigint      not null default 0,
    -- Under a prefix of ours with a name that is none of ours: left alone.
    strange        bigint      not null default 0,
    orphans        bigint      not null default 0,
    orphan_bytes   bigint      not null default 0,
    -- Of the orphans, those that are gone by now.
    removed        bigint      not null default 0,
    removed_bytes  bigint      not null default 0,
    -- Some of the orphans.
    samples        text[]      not null default '{}',
    begun_at       timestamptz not null default clock_timestamp(),
    ended_at       timestamptz
);
create unique index object_sweep_one on object_sweep ((true)) where ended_at is null;
create index object_sweep_by_time on object_sweep (begun_at desc);

-- Those of the files that somebody needs: the one place that says so.
create function objects_needed(keys text[]) returns setof text
    language sql stable
as $$
    with asked as (
        select k as object_key, split_part(k, '/', 1) as prefix, split_part(k, '/', 3) as name,
            case when split_part(k, '/', 2) ~ '^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$'
                then split_part(k, '/', 2)::uuid end as job_id
        from unnest(keys) as k
    )
    select a.object_key from asked a where exists (select from object_use u where u.object_key = a.object_key
        and (u.held_until > clock_timestamp() or exists (select from job j where j.id = u.user_id
            and (j.status in ('pending', 'processing')
                or exists (select from video_project p where p.id = j.project_id)))))
    union
    select a.object_key from asked a where a.prefix = 'content' and exists (select from asset f
        where f.sha256 = split_part(a.name, '.', 1) and f.extension = split_part(a.name, '.', 2))
    union
    -- Of a render under way; named by what a render has left; or the source of an export under way.
    select a.object_key from asked a join job j on j.id = a.job_id
    where a.prefix = 'renders' and (j.status in ('pending', 'processing')
        or exists (select from video_project p where p.id = j.project_id)
            and a.object_key in (j.result -> 'video' ->> 'key', j.result -> 'poster' ->> 'key',
                j.result -> 'captions' ->> 'srt', j.result -> 'captions' ->> 'vtt')
        or exists (select from job e where e.project_id = j.project_id and e.kind = 'export'
            and e.status in ('pending', 'processing') and e.input ->> 'source_key' = a.object_key))
    union
    select a.object_key from asked a left join job j on j.id = a.job_id
    where a.prefix = 'exports' and (j.status in ('pending', 'processing')
        or exists (select from video_export e where e.object_key = a.object_key and e.removed_at is null))
$$;

-- Whoever uses a file holds the lock of its key together with others, whoever removes it holds it alone: of the two, one
-- has committed before the other looks. That is why these are volatile functions: a plain statement would see only what
-- was committed before it began to wait.
create function object_lock(object_key text) returns bigint
    language sql immutable
as $$ select hashtextextended(object_key, 20261121) $$;

-- From now on the user needs these files. Answers those that are being removed: the user has to wait until they are gone.
create function use_objects(keys text[], by_user uuid, held timestamptz) returns setof text
    language plpgsql volatile
as $$
begin
    perform pg_advisory_xact_lock_shared(object_lock(k)) from (select distinct unnest(keys) as k) wanted;
    insert into object_use as u (object_key, user_id, held_until)
        select distinct k, by_user, held from unnest(keys) as k order by k
        on conflict (object_key, user_id) do update set held_until = greatest(u.held_until, excluded.held_until)
        where u.held_until < excluded.held_until;
    delete from object_removal where object_key in (
        select r.object_key from object_removal r where r.object_key = any(keys) and r.taken_at is null
        order by r.object_key for update);
    return query select r.object_key from object_removal r where r.object_key = any(keys);
end
$$;

-- Takes files that are to be removed and that nobody needs; what somebody needs is not to be removed any more.
-- settle: how long ago that must have been asked, so that every statement which began before has ended.
-- again: after this time somebody else goes on with what a dead taker has left. A file that was taken stays taken.
create function take_removals(most integer, taker uuid, settle interval, again interval)
    returns table (object_key text, reason text, sweep_id uuid, size_bytes bigint)
    language plpgsql volatile
as $$
declare
    due   text[];
    taken text[];
begin
    select coalesce(array_agg(d.object_key), '{}') into due from (
        select r.object_key from object_removal r
        where r.asked_at <= clock_timestamp() - settle
            and (r.taken_at is null or r.taken_by = taker or r.taken_at <= clock_timestamp() - again)
        order by r.asked_at limit most for update skip locked) d
    where pg_try_advisory_xact_lock(object_lock(d.object_key));
    delete from object_removal r where r.object_key = any(due) and r.taken_at is null
        and r.object_key in (select objects_needed(due));
    update object_removal r set taken_at = clock_timestamp(), taken_by = taker where r.object_key = any(due);
    select coalesce(array_agg(r.object_key), '{}') into taken from object_removal r where r.object_key = any(due);
    -- Nobody of these has a job or a project any more. Who came after the file was taken has one, and keeps his row.
    delete from object_use u where u.object_key = any(taken)
        and (u.held_until is null or u.held_until <= clock_timestamp())
        and not exists (select from job j where j.id = u.user_id and (j.status in ('pending', 'processing')
            or exists (select from video_project p where p.id = j.project_id)));
    return query select r.object_key, r.reason, r.sweep_id, r.size_bytes from object_removal r
        where r.object_key = any(taken);
end
$$;

-- Notes the uploads that a storyboard names, and locks them until the project is saved: an upload is removed only where
-- no project names it.
create function note_assets(project uuid, workspace uuid, named text) returns void
    language plpgsql volatile
as $$
declare
    digests text[];
begin
    select array_agg(distinct m[1] order by m[1]) into digests
        from regexp_matches(named, 'asset://sha256/([0-9a-f]{64})', 'g') m;
    if digests is not null then
        insert into project_asset (project_id, workspace_id, sha256) select project, workspace, unnest(digests)
            on conflict do nothing;
        perform from asset a where a.workspace_id = workspace and a.sha256 = any(digests)
            order by a.sha256 for key share;
    end if;
end
$$;

create function note_project_assets() returns trigger
    language plpgsql
as $$
begin
    perform note_assets(new.id, new.workspace_id, new.storyboard::text);
    return null;
end
$$;
create trigger video_project_assets after insert on video_project
    for each row execute function note_project_assets();
create trigger video_project_other_assets after update of storyboard on video_project
    for each row when (old.storyboard is distinct from new.storyboard) execute function note_project_assets();

-- Pictures that were made for a scene and that it does not show, or not yet.
create function note_scene_assets() returns trigger
    language plpgsql
as $$
begin
    perform note_assets(p.id, p.workspace_id, new.image_url) from video_project p where p.id = new.project_id;
    return null;
end
$$;
create trigger scene_version_assets after insert or update of image_url on scene_version
    for each row when (new.image_url is not null) execute function note_scene_assets();

-- What was there before this file knew of it.
insert into project_asset (project_id, workspace_id, sha256)
select distinct p.id, p.workspace_id, m[1]
from video_project p, regexp_matches(p.storyboard::text, 'asset://sha256/([0-9a-f]{64})', 'g') m
union
select distinct p.id, p.workspace_id, m[1]
from scene_version v join video_project p on p.id = v.project_id,
    regexp_matches(v.image_url, 'asset://sha256/([0-9a-f]{64})', 'g') m;

insert into object_use (object_key, user_id)
select distinct known.object_key, known.job_id
from (
    select s.job_id, s.result ->> 'key' from job_step s
    union all
    select s.job_id, c.key from job_step s
        cross join lateral jsonb_array_elements_text(case jsonb_typeof(s.result -> 'clips') when 'array'
            then s.result -> 'clips' else '[]' end) as c(key)
    union all
    select t.job_id, t.result ->> 'key' from provider_task t where t.state = 'succeeded'
    union all
    select j.id, k.key from job j
        cross join lateral (values (j.result -> 'video' ->> 'key'), (j.result -> 'poster' ->> 'key')) as k(key)
) as known(job_id, object_key)
where split_part(known.object_key, '/', 1) in ('content', 'speech', 'clips', 'images', 'videos')
on conflict do nothing;
