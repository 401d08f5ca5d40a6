-- Every picture and description that a scene has had, or is to have once a job has made its picture.
create table scene_version (
    id                uuid primary key,
    -- Whoever writes here has locked the project's row, so the check of this key waits for nobody.
    project_id        uuid        not null references video_project on delete cascade,
    -- The scene's present number: reordering renumbers it.
    scene             integer     not null,
    image_url         text,
    image_prompt      text,
    description       text,
    -- The how-manieth wish of the project it was that set the picture (with its words) and the description; 0: none.
    -- What was wished later stays, whenever what was wished earlier arrives.
    image_wish        integer     not null default 0,
    description_wish  integer     not null default 0,
    -- Who makes the picture, or has made it; null: nobody had to.
    job_id            uuid unique,
    -- Tells apart the pictures that a project gets of the same words; null: made of none.
    variant           integer,
    -- Whether it counts as a refinement of its project, unless its job comes to nothing.
    refinement        boolean     not null default false,
    -- What it adds to the estimate of its project, unless its job comes to nothing. In USD.
    cost              numeric(14, 6) not null default 0,
    wanted_at         timestamptz not null default clock_timestamp(),
    -- When the scene last began to show it; null: never yet.
    taken_at          timestamptz,
    -- Whether the scene showed it when anybody looked last. A project that was changed as a whole may show another.
    is_current        boolean     not null default false
);
create index scene_version_of_scene on scene_version (project_id, scene, wanted_at desc, id desc);
