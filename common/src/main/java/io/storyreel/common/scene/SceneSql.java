package io.storyreel.common.scene;

/** The statements of the history of scenes. Whoever changes it has locked the project's row. */
final class SceneSql {
    private SceneSql() {}

    private static final String COLUMNS = "id, project_id, scene, image_url, image_prompt, description, image_wish,"
            + " description_wish, job_id, variant, refinement, cost, taken_at is not null as taken, is_current";

    private static final String NEXT =
            "(select coalesce(max(greatest(image_wish, description_wish)), 0) + 1 from scene_version where project_id = $1)";

    /**
     * $1 project, $2 new ids, $3 numbers of scenes: notes what these scenes show now, unless that is known. What has
     * changed since anybody looked was wished for after everything that is known.
     */
    static final String NOTE_PRESENT =
            """
            with present as (
                select w.id, w.scene, s ->> 'image_url' as image_url, s ->> 'image_prompt' as image_prompt,
                    s ->> 'description' as description, p.updated_at
                from video_project p cross join jsonb_array_elements(p.storyboard -> 'storyboard') s
                join unnest($2::uuid[], $3::int[]) as w(id, scene) on w.scene = (s ->> 'scene_index')::int
                where p.id = $1
            ), news as (
                select n.*,
                    case when c.id is not null and (c.image_url, c.image_prompt)
                        is not distinct from (n.image_url, n.image_prompt) then c.image_wish else %1$s end as image_wish,
                    case when c.id is not null and c.description is not distinct from n.description
                        then c.description_wish else %1$s end as description_wish
                from present n left join lateral (select * from scene_version c
                    where c.project_id = $1 and c.scene = n.scene and c.is_current
                    order by c.wanted_at desc, c.id desc limit 1) c on true
                where c.id is null or (c.image_url, c.image_prompt, c.description)
                    is distinct from (n.image_url, n.image_prompt, n.description)
            ), past as (
                update scene_version v set is_current = false from news n
                where v.project_id = $1 and v.scene = n.scene and v.is_current
            )
            insert into scene_version (id, project_id, scene, image_url, image_prompt, description, image_wish,
                                       description_wish, wanted_at, taken_at, is_current)
            select id, $1, scene, image_url, image_prompt, description, image_wish, description_wish, updated_at,
                   updated_at, true
            from news
            """
                    .formatted(NEXT);

    /** $1 project, $2 scene: what it showed when anybody looked last. */
    static final String CURRENT =
            "select " + COLUMNS + " from scene_version where project_id = $1 and scene = $2 and is_current";

    /** $1 project, $2 version. */
    static final String FIND = "select " + COLUMNS + " from scene_version where project_id = $1 and id = $2";

    /** $1 project: the number of the next wish. */
    static final String NEXT_WISH = "select " + NEXT + " as wish";

    /** $1 project, $2 prompt: the smallest number that no picture of these words has, but those that came to nothing. */
    static final String NEXT_VARIANT =
            """
            select min(n) as variant from generate_series(0, (select count(*) from scene_version where project_id = $1)) n
            where not exists (select from scene_version v left join job j on j.id = v.job_id
                where v.project_id = $1 and v.image_prompt = $2 and v.variant = n
                    and (v.image_url is not null or j.status in ('pending', 'processing', 'completed')))
            """;

    /** $1 id, $2 project, $3 scene, $4 to $8 content and wishes, $9 job, $10 variant, $11 refinement, $12 cost, $13 taken. */
    static final String ADD =
            """
            insert into scene_version (id, project_id, scene, image_url, image_prompt, description, image_wish,
                                       description_wish, job_id, variant, refinement, cost, taken_at)
            values ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, case when $13 then clock_timestamp() end)
            """;

    /** $1 id, $2 to $6 content and wishes, $7 whether the scene shows it from now on. */
    static final String CHANGE =
            """
            update scene_version set image_url = $2, image_prompt = $3, description = $4, image_wish = $5,
                description_wish = $6, taken_at = case when $7 then clock_timestamp() else taken_at end
            where id = $1
            """;

    /** $1 project, $2 scene, $3 the version that it shows. */
    static final String SHOW =
            """
            update scene_version set is_current = (id = $3)
            where project_id = $1 and scene = $2 and is_current <> (id = $3)
            """;

    /** $1 project, $2 scenes: those of them whose picture is being made, with who makes it. */
    static final String UNDER_WAY =
            """
            select distinct on (v.scene) v.scene, v.job_id from scene_version v join job j on j.id = v.job_id
            where v.project_id = $1 and v.scene = any($2) and v.image_url is null
                and j.status in ('pending', 'processing')
            order by v.scene, v.image_wish desc
            """;

    /**
     * $1 project, $2 former numbers, $3 the new number of each. What belonged to a scene that is no more, and whose
     * number another one gets, belongs to none from then on: 0.
     */
    static final String RENUMBER =
            """
            update scene_version v set scene = coalesce(n.present, 0)
            from scene_version o left join unnest($2::int[], $3::int[]) as n(former, present) on n.former = o.scene
            where v.id = o.id and o.project_id = $1
                and (n.former <> n.present or n.former is null and o.scene = any($3))
            """;
}
