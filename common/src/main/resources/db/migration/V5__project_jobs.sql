-- Jobs beside renders: pictures of scenes, exports of videos.
alter table job
    -- What the job is to do, beside its project, in the words of its kind.
    add column input jsonb,
    -- What it works on. Two active jobs of a project and kind never work on the same.
    add column subject text;

create unique index job_one_active_of_subject on job (project_id, kind, subject)
    where subject is not null and status in ('pending', 'processing');
