package io.storyreel.common.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.RealPostgres;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.project.ProjectStoryboards;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardJson;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.function.BiFunction;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

/** Scenes of a project in a real Postgres: what they show, what they have shown, and who has wished for it. */
class SceneChangesTest {
    private static final BigDecimal PRICE = new BigDecimal("0.02");

    private static final SceneVersions VERSIONS = new SceneVersions();
    private static final ProjectStoryboards STORYBOARDS = new ProjectStoryboards();
    private static final SceneChanges CHANGES = new SceneChanges(VERSIONS, STORYBOARDS);

    private static RealPostgres postgres;

    private UUID workspace;
    private UUID project;

    @BeforeAll
    static void startPostgres() throws Exception {
        postgres = new RealPostgres();
    }

    @AfterAll
    static void stopPostgres() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void makeAProject() {
        workspace = UUID.randomUUID();
        project = UUID.randomUUID();
        Storyboard storyboard = new Storyboard(List.of(scene(1), scene(2)), null, null, null, null);
        postgres.execute(
                "insert into video_project (id, workspace_id, title, storyboard, spec_digest, approved, approved_at)"
                        + " values ($1, $2, 'a film', $3::text::jsonb, $4, true, now())",
                Tuple.of(project, workspace, StoryboardJson.write(storyboard), StoryboardJson.digest(storyboard)));
    }

    private static Scene scene(int number) {
        return new Scene(number, "https://example.com/" + number, null, 2.0, null, null, "scene " + number, null);
    }

    @Test
    void a_changed_storyboard_is_saved_with_all_that_depends_on_it() {
        LockedProject changed = inTransaction((tx, locked) -> CHANGES.describe(tx, locked, 2, "a boat"));

        Row row = row("select * from video_project where id = $1", project);
        assertThat(row.getInteger("version")).isEqualTo(1).isEqualTo(changed.version());
        assertThat(row.getBoolean("approved")).isFalse();
        assertThat(row.getValue("approved_at")).isNull();
        assertThat(row.getInteger("scenes_total")).isEqualTo(2);
        assertThat(row.getDouble("planned_seconds")).isEqualTo(4);
        Storyboard stored = StoryboardJson.read(row.getJsonObject("storyboard").encode());
        assertThat(stored).isEqualTo(changed.storyboard());
        assertThat(row.getString("spec_digest")).isEqualTo(StoryboardJson.digest(stored));
        assertThat(row("select count(*) as n from render_spec where digest = $1", changed.specDigest())
                        .getLong("n"))
                .isEqualTo(1);
        assertThat(stored.scenes().get(1).description()).isEqualTo("a boat");
        assertThat(descriptions(2)).containsExactly("scene 2", "a boat");
        assertThat(tally()).isEqualTo(new SceneTally(1, new BigDecimal("0.000000")));
    }

    @Test
    void the_same_description_again_changes_nothing_and_does_not_count() {
        inTransaction((tx, locked) -> CHANGES.describe(tx, locked, 2, "scene 2"));

        assertThat(row("select version from video_project where id = $1", project)
                        .getInteger("version"))
                .isZero();
        assertThat(tally().refinements()).isZero();
    }

    @Test
    void a_picture_is_shown_when_it_is_there_and_its_words_come_with_it() {
        UUID first = want(1, "a harbour", "morning");
        assertThat(shown(1)).isEqualTo(new SceneContent("https://example.com/1", null, "scene 1"));

        assertThat(land(first, "asset://1")).isTrue();

        assertThat(shown(1)).isEqualTo(new SceneContent("asset://1", "a harbour", "morning"));
        assertThat(tally()).isEqualTo(new SceneTally(1, new BigDecimal("0.020000")));
    }

    @Test
    void an_earlier_wish_that_arrives_late_is_kept_and_not_shown() {
        UUID earlier = want(1, "a harbour", "morning");
        UUID later = want(1, "a lighthouse", null);
        land(later, "asset://later");
        assertThat(shown(1)).isEqualTo(new SceneContent("asset://later", "a lighthouse", "scene 1"));

        assertThat(land(earlier, "asset://earlier")).isFalse();

        assertThat(shown(1))
                .as("as if the earlier one had come first")
                .isEqualTo(new SceneContent("asset://later", "a lighthouse", "morning"));
        assertThat(row("select image_url from scene_version where job_id = $1", earlier)
                        .getString("image_url"))
                .isEqualTo("asset://earlier");
        assertThat(currentOf(1)).isEqualTo("asset://later");
    }

    @Test
    void what_has_landed_lands_once() {
        UUID job = want(1, "a harbour", null);
        land(job, "asset://1");
        int version =
                row("select version from video_project where id = $1", project).getInteger("version");

        assertThat(land(job, "asset://2")).isTrue();

        assertThat(shown(1).imageUrl()).isEqualTo("asset://1");
        assertThat(row("select version from video_project where id = $1", project)
                        .getInteger("version"))
                .isEqualTo(version);
    }

    @Test
    void a_description_does_not_wait_for_a_picture_that_was_wished_for_before() {
        UUID picture = want(1, "a harbour", "morning");
        inTransaction((tx, locked) -> CHANGES.describe(tx, locked, 1, "evening"));

        land(picture, "asset://1");

        assertThat(shown(1)).isEqualTo(new SceneContent("asset://1", "a harbour", "evening"));
    }

    @Test
    void to_insist_on_a_description_keeps_out_the_one_that_is_under_way() {
        UUID picture = want(1, "a harbour", "morning");
        inTransaction((tx, locked) -> CHANGES.describe(tx, locked, 1, "scene 1"));

        land(picture, "asset://1");

        assertThat(shown(1)).isEqualTo(new SceneContent("asset://1", "a harbour", "scene 1"));
        assertThat(tally().refinements()).isEqualTo(1);
    }

    @Test
    void a_former_version_taken_back_stays_whatever_arrives_later() {
        land(want(1, "a harbour", "morning"), "asset://1");
        UUID pending = want(1, "a lighthouse", "night");
        UUID original = row(
                        "select id from scene_version where project_id = $1 and job_id is null and scene = 1", project)
                .getUUID("id");

        inTransaction((tx, locked) ->
                VERSIONS.find(tx, project, original).chain(version -> CHANGES.takeBack(tx, locked, version)));
        assertThat(land(pending, "asset://2")).isFalse();

        assertThat(shown(1)).isEqualTo(new SceneContent("https://example.com/1", null, "scene 1"));
        assertThat(currentOf(1)).isEqualTo("https://example.com/1");
        assertThat(tally().refinements()).isEqualTo(2);
    }

    @Test
    void a_change_of_the_whole_project_is_a_later_wish_than_what_was_under_way() {
        UUID pending = want(1, "a harbour", null);
        Storyboard changed = new Storyboard(
                List.of(new Scene(1, "https://example.com/new", null, 2.0, null, null, "scene 1", null), scene(2)),
                null,
                null,
                null,
                null);
        inTransaction((tx, locked) -> STORYBOARDS.save(tx, locked, changed));

        assertThat(land(pending, "asset://1")).isFalse();

        assertThat(shown(1).imageUrl()).isEqualTo("https://example.com/new");
        assertThat(currentOf(1)).isEqualTo("https://example.com/new");
    }

    @Test
    void the_history_follows_its_scene_to_its_new_number_and_so_does_what_is_under_way() {
        UUID pending = want(1, "a harbour", "morning");
        inTransaction((tx, locked) -> {
            List<Scene> swapped = List.of(renumbered(locked.scene(2), 1), renumbered(locked.scene(1), 2));
            return VERSIONS.renumber(tx, project, Map.of(1, 2, 2, 1))
                    .chain(() -> STORYBOARDS.save(tx, locked, new Storyboard(swapped, null, null, null, null)));
        });

        assertThat(land(pending, "asset://1")).isTrue();

        assertThat(shown(2)).isEqualTo(new SceneContent("asset://1", "a harbour", "morning"));
        assertThat(shown(1).imageUrl()).isEqualTo("https://example.com/2");
        assertThat(descriptions(2)).containsExactly("scene 1", "morning");
    }

    private static Scene renumbered(Scene scene, int number) {
        return new Scene(number, scene.imageUrl(), null, scene.duration(), null, null, scene.description(), null);
    }

    @Test
    void a_scene_that_gets_the_number_of_one_that_is_no_more_does_not_get_its_pictures() {
        UUID pending = want(2, "a harbour", null);
        inTransaction((tx, locked) ->
                STORYBOARDS.save(tx, locked, new Storyboard(List.of(scene(1), scene(5)), null, null, null, null)));
        inTransaction((tx, locked) -> VERSIONS.notePresent(tx, project, List.of(1, 5)));
        inTransaction((tx, locked) -> VERSIONS.renumber(tx, project, Map.of(1, 2, 5, 1))
                .chain(() -> STORYBOARDS.save(
                        tx,
                        locked,
                        new Storyboard(
                                List.of(renumbered(locked.scene(5), 1), renumbered(locked.scene(1), 2)),
                                null,
                                null,
                                null,
                                null))));

        assertThat(land(pending, "asset://1")).isFalse();

        assertThat(shown(2).imageUrl()).isEqualTo("https://example.com/1");
        assertThat(descriptions(2)).containsExactly("scene 1");
    }

    @Test
    void a_picture_for_a_scene_that_is_no_more_goes_to_the_history_only() {
        UUID pending = want(2, "a harbour", null);
        inTransaction((tx, locked) ->
                STORYBOARDS.save(tx, locked, new Storyboard(List.of(scene(1)), null, null, null, null)));

        assertThat(land(pending, "asset://1")).isFalse();

        assertThat(row("select image_url from scene_version where job_id = $1", pending)
                        .getString("image_url"))
                .isEqualTo("asset://1");
    }

    @Test
    void pictures_that_came_to_nothing_do_not_count_and_their_variant_is_free_again() {
        UUID failed = want(1, "a harbour", null);
        UUID made = want(1, "a harbour", null);
        assertThat(variant(failed)).isZero();
        assertThat(variant(made)).isEqualTo(1);
        land(made, "asset://1");
        execute("update job set status = 'failed' where id = $1", failed);
        execute("update job set status = 'canceled' where id = $1", made);

        assertThat(tally())
                .as("it is there, whatever its job says")
                .isEqualTo(new SceneTally(1, new BigDecimal("0.020000")));
        assertThat(variant(want(1, "a harbour", null))).isZero();
        assertThat(variant(want(1, "a harbour", null))).isEqualTo(2);
    }

    @Test
    void deleting_the_project_deletes_the_history() {
        want(1, "a harbour", null);
        execute("delete from video_project where id = $1", project);

        assertThat(row("select count(*) as n from scene_version where project_id = $1", project)
                        .getLong("n"))
                .isZero();
    }

    @Test
    void changes_at_the_same_time_wait_for_each_other_and_none_is_lost() {
        List<Uni<LockedProject>> changes = IntStream.range(0, 8)
                .mapToObj(i -> transaction((tx, locked) -> CHANGES.describe(tx, locked, 1 + i % 2, "words " + i)))
                .toList();

        done(Uni.join().all(changes).andFailFast());

        assertThat(row("select version from video_project where id = $1", project)
                        .getInteger("version"))
                .isEqualTo(8);
        assertThat(tally().refinements()).isEqualTo(8);
        assertThat(row(
                                "select count(distinct description_wish) as n from scene_version where project_id = $1"
                                        + " and refinement",
                                project)
                        .getLong("n"))
                .isEqualTo(8);
    }

    private UUID want(int scene, String prompt, String description) {
        UUID job = UUID.randomUUID();
        execute(
                "insert into job (id, kind, workspace_id, project_id, spec_digest, provider, exclusive)"
                        + " values ($1, 'scene_image', $2, $3, 'digest', 'vendor', false)",
                job,
                workspace,
                project);
        inTransaction((tx, locked) ->
                CHANGES.want(tx, locked, new WantedPicture(scene, prompt, description, true, PRICE, job)));
        return job;
    }

    private boolean land(UUID job, String url) {
        UUID version =
                row("select id from scene_version where job_id = $1", job).getUUID("id");
        return inTransaction((tx, locked) ->
                VERSIONS.find(tx, project, version).chain(found -> CHANGES.land(tx, locked, found, url)));
    }

    private SceneContent shown(int scene) {
        return inTransaction((tx, locked) -> Uni.createFrom().item(SceneContent.of(locked.scene(scene))));
    }

    private SceneTally tally() {
        return done(new SceneTallies().of(postgres.pool, project));
    }

    private int variant(UUID job) {
        return row("select variant from scene_version where job_id = $1", job).getInteger("variant");
    }

    private String currentOf(int scene) {
        return row(
                        "select image_url from scene_version where project_id = $1 and scene = " + scene
                                + " and is_current",
                        project)
                .getString("image_url");
    }

    private List<String> descriptions(int scene) {
        return done(postgres.pool
                .preparedQuery(
                        "select description from scene_version where project_id = $1 and scene = $2 order by wanted_at, id")
                .execute(Tuple.of(project, scene))
                .map(rows -> {
                    List<String> all = new java.util.ArrayList<>();
                    rows.forEach(row -> all.add(row.getString(0)));
                    return all;
                }));
    }

    private <T> T inTransaction(BiFunction<SqlClient, LockedProject, Uni<T>> work) {
        return done(transaction(work));
    }

    private <T> Uni<T> transaction(BiFunction<SqlClient, LockedProject, Uni<T>> work) {
        return postgres.pool.withTransaction((SqlConnection tx) ->
                STORYBOARDS.lock(tx, List.of(workspace), project).chain(locked -> work.apply(tx, locked)));
    }

    private static Row row(String sql, Object... values) {
        return done(postgres.pool.preparedQuery(sql).execute(Tuple.from(values)))
                .iterator()
                .next();
    }

    private static void execute(String sql, Object... values) {
        postgres.execute(sql, Tuple.from(values));
    }

    private static <T> T done(Uni<T> uni) {
        return uni.await().atMost(RealPostgres.LIMIT);
    }
}
