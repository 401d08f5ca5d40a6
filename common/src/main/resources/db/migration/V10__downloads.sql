-- How often videos and exports were downloaded.

create table download_count (
    project_id  uuid primary key references video_project on delete cascade,
    downloads   bigint      not null,
    updated_at  timestamptz not null default clock_timestamp()
) with (fillfactor = 70); -- updated by every download: room for that on its page

-- What a client has got of a file so far, as long as that is not all of it: downloads are resumed, and made in several
-- parts at once. The row of one that is complete stays, empty, until it is swept: it is used again by the next one.
create table download_part (
    object_key  text        not null,
    -- Digest of whom the token is for.
    client      text        not null,
    project_id  uuid        not null references video_project on delete cascade,
    size_bytes  bigint      not null,
    -- Bytes of the file, from 0.
    delivered   int8multirange not null,
    updated_at  timestamptz not null default clock_timestamp(),
    primary key (object_key, client)
);
create index download_part_by_age on download_part (updated_at);
create index download_part_of_project on download_part (project_id);
