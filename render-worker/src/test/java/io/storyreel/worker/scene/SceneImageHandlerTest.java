package io.storyreel.worker.scene;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.Lease;
import io.storyreel.common.job.LeaseLostException;
import io.storyreel.common.project.LockedProject;
import io.storyreel.common.project.ProjectStoryboards;
import io.storyreel.common.scene.SceneChanges;
import io.storyreel.common.scene.SceneImageOrder;
import io.storyreel.common.scene.SceneVersions;
import io.storyreel.common.scene.WantedPicture;
import io.storyreel.common.storage.ObjectUses;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.common.storyboard.AssetReference;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.StoryboardJson;
import io.storyreel.worker.FolderStore;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.ScriptedRun;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.fetch.AddressGuard;
import io.storyreel.worker.fetch.FetchSettings;
import io.storyreel.worker.fetch.ResultDownloads;
import io.storyreel.worker.fetch.ResultSettings;
import io.storyreel.worker.fetch.TestResolver;
import io.storyreel.worker.media.Ffmpeg;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.Picture;
import io.storyreel.worker.media.TestFfmpeg;
import io.storyreel.worker.provider.ClipShelf;
import io.storyreel.worker.provider.ImageProvider;
import io.storyreel.worker.provider.JobPurchases;
import io.storyreel.worker.provider.OnSimulator;
import io.storyreel.worker.provider.PaidTasksFixture;
import io.storyreel.worker.provider.Providers;
import io.storyreel.worker.provider.http.ProviderHttp;
import io.storyreel.worker.provider.http.StrangeStates;
import io.storyreel.worker.provider.replicate.ReplicateGateway;
import io.storyreel.worker.provider.replicate.ReplicateImageProvider;
import io.storyreel.worker.provider.replicate.ReplicateSettings;
import io.storyreel.worker.provider.replicate.ReplicateWire;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.JobResult;
import io.storyreel.worker.run.NeededFiles;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.SqlClient;
import io.vertx.mutiny.sqlclient.SqlConnection;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.UUID;
import java.util.function.BiFunction;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Around a simulated vendor, a real ffmpeg and a real Postgres; only the object store is a folder. */
class SceneImageHandlerTest extends OnSimulator {
    private static final String PROMPT = "a lighthouse at night";

    @TempDir
    static Path folder;

    private static RealPostgres postgres;
    private static MediaProbe probe;
    private static FolderStore store;

    private final ProjectStoryboards storyboards = new ProjectStoryboards();
    private final SceneVersions versions = new SceneVersions();
    private final SceneChanges changes = new SceneChanges(versions, storyboards);
    private PaidTasksFixture paid;
    private UUID workspace;
    private UUID project;

    SceneImageHandlerTest() {
        super("replicate");
    }

    @BeforeAll
    static void start() throws Exception {
        postgres = new RealPostgres();
        probe = new MediaProbe(new Ffmpeg(TestFfmpeg.config()), TestFfmpeg.config());
        store = new FolderStore(folder.resolve("store"));
    }

    @AfterAll
    static void stop() throws Exception {
        postgres.close();
    }

    @BeforeEach
    void makeAProject() {
        paid = new PaidTasksFixture(postgres, Map.of("storyreel.providers.answer-limit", "5s"));
        workspace = UUID.randomUUID();
        project = UUID.randomUUID();
        Storyboard storyboard = new Storyboard(
                List.of(new Scene(1, null, PROMPT, 2.0, null, null, "the sea", null)),
                null,
                null,
                null,
                AspectRatio.PORTRAIT);
        postgres.execute(
                "insert into video_project (id, workspace_id, title, storyboard, spec_digest, scenes_without_image)"
                        + " values ($1, $2, 'a film', $3::text::jsonb, $4, '{1}')",
                Tuple.of(project, workspace, StoryboardJson.write(storyboard), StoryboardJson.digest(storyboard)));
    }

    @Test
    void a_scene_gets_a_picture_in_the_shape_of_its_storyboard() {
        ScriptedRun run = wanted(PROMPT);

        JobResult result = drawn(run);

        Scene scene = scene();
        assertThat(scene.imageUrl()).startsWith("asset://sha256/").endsWith(".png");
        assertThat(scene.description()).isEqualTo("the sea");
        Picture picture = picture(scene.imageUrl());
        assertThat(picture.height()).isGreaterThan(picture.width());
        assertThat(count("select count(*) from asset where workspace_id = $1 and media_type = 'image/png'", workspace))
                .isEqualTo(1);
        assertThat(count("select cardinality(scenes_without_image) from video_project where id = $1", project))
                .isZero();
        assertThat(image(result).getString("image_url")).isEqualTo(scene.imageUrl());
        assertThat(image(result).getBoolean("shown")).isTrue();
        assertThat(result.costActual()).isEqualByComparingTo("0.003");
        assertThat(simulator.purchases("replicate")).hasSize(1);
        assertThat(run.percentages()).filteredOn(Objects::nonNull).isSorted().contains(5, 90);
    }

    @Test
    void a_crash_between_keeping_and_showing_buys_and_changes_nothing_more() {
        ScriptedRun run = wanted(PROMPT);
        SceneLandings crashing = new SceneLandings(postgres.pool, storyboards, versions, changes) {
            @Override
            Uni<LandedPicture> land(ClaimedJob job, SceneImageOrder order, KeptPicture picture) {
                return Uni.createFrom().failure(new IllegalStateException("the worker is dead"));
            }
        };
        assertThatThrownBy(() -> drawn(run, crashing, provider("r8_token"))).hasMessage("the worker is dead");
        assertThat(scene().imageUrl()).isNull();

        JobResult result = drawn(run.again());

        assertThat(scene().imageUrl()).isEqualTo(image(result).getString("image_url"));
        assertThat(simulator.purchases("replicate")).hasSize(1);
        assertThat(result.costActual()).isEqualByComparingTo("0.003");
    }

    @Test
    void a_crash_after_showing_changes_nothing_more() {
        ScriptedRun run = wanted(PROMPT);
        JobResult before = drawn(run);
        long version = count("select version from video_project where id = $1", project);
        int puts = store.puts.size();

        JobResult after = drawn(run.again());

        assertThat(new JsonObject(after.resultJson())).isEqualTo(new JsonObject(before.resultJson()));
        assertThat(store.puts).hasSize(puts);
        assertThat(count("select version from video_project where id = $1", project))
                .isEqualTo(version);
        assertThat(simulator.purchases("replicate")).hasSize(1);
    }

    @Test
    void an_answer_lost_on_its_way_is_found_again_and_nothing_is_bought_twice() {
        fault("submit", "reset_after", "");
        ScriptedRun run = wanted(PROMPT);

        drawn(run);

        assertThat(scene().imageUrl()).isNotNull();
        assertThat(simulator.purchases("replicate")).hasSize(1);
    }

    @Test
    void what_was_paid_for_and_came_too_late_is_used_by_the_next_who_wants_it() {
        ScriptedRun late = wanted(PROMPT);
        SceneLandings nowhere = new SceneLandings(postgres.pool, storyboards, versions, changes) {
            @Override
            Uni<LandedPicture> land(ClaimedJob job, SceneImageOrder order, KeptPicture picture) {
                return Uni.createFrom().failure(new IllegalStateException("too late"));
            }
        };
        assertThatThrownBy(() -> drawn(late, nowhere, provider("r8_token"))).hasMessage("too late");
        postgres.execute(
                "update job set status = 'canceled' where id = $1",
                Tuple.of(late.job().id()));

        JobResult result = drawn(wanted(PROMPT));

        assertThat(scene().imageUrl()).isEqualTo(image(result).getString("image_url"));
        assertThat(result.costActual()).isEqualByComparingTo("0");
        assertThat(simulator.purchases("replicate")).hasSize(1);
    }

    @Test
    void the_same_words_again_make_another_picture() {
        drawn(wanted(PROMPT));
        drawn(wanted(PROMPT));

        assertThat(simulator.purchases("replicate")).hasSize(2);
    }

    @Test
    void an_earlier_picture_that_comes_late_does_not_replace_a_later_one() {
        ScriptedRun earlier = wanted("a harbour in the fog");
        drawn(wanted(PROMPT));
        String shown = scene().imageUrl();

        JobResult result = drawn(earlier);

        assertThat(image(result).getBoolean("shown")).isFalse();
        assertThat(result.message()).contains("history");
        assertThat(scene().imageUrl()).isEqualTo(shown);
    }

    @Test
    void nothing_is_bought_for_a_project_that_is_gone() {
        ScriptedRun run = wanted(PROMPT);
        postgres.execute("delete from video_project where id = $1", Tuple.of(project));

        assertThatThrownBy(() -> drawn(run)).isInstanceOfSatisfying(JobFailure.class, gone -> {
            assertThat(gone.code()).isEqualTo("project_gone");
            assertThat(gone.isTransient()).isFalse();
        });
        assertThat(simulator.purchases("replicate")).isEmpty();
    }

    @Test
    void a_project_that_goes_while_its_picture_is_drawn_ends_the_job() {
        ScriptedRun run = wanted(PROMPT);
        SceneLandings deleting = new SceneLandings(postgres.pool, storyboards, versions, changes) {
            @Override
            Uni<LandedPicture> land(ClaimedJob job, SceneImageOrder order, KeptPicture picture) {
                return postgres.pool
                        .preparedQuery("delete from video_project where id = $1")
                        .execute(Tuple.of(project))
                        .chain(() -> super.land(job, order, picture));
            }
        };

        assertThatThrownBy(() -> drawn(run, deleting, provider("r8_token")))
                .isInstanceOfSatisfying(
                        JobFailure.class, gone -> assertThat(gone.code()).isEqualTo("project_gone"));
    }

    @Test
    void a_worker_that_lost_the_job_changes_nothing() {
        ScriptedRun run = wanted(PROMPT);
        postgres.execute(
                "update job set lease_epoch = 2 where id = $1",
                Tuple.of(run.job().id()));
        KeptPicture picture = new KeptPicture(new AssetReference("a".repeat(64), "png"), "image/png", 1);

        assertThatThrownBy(() -> run(new SceneLandings(postgres.pool, storyboards, versions, changes)
                        .land(run.job(), SceneImageOrder.read(run.job().input()), picture)))
                .isInstanceOf(LeaseLostException.class);

        assertThat(scene().imageUrl()).isNull();
    }

    @Test
    void names_the_setting_that_keeps_the_provider_from_drawing() {
        ScriptedRun run = wanted(PROMPT);

        assertThatThrownBy(() -> drawn(run, landings(), provider("")))
                .isInstanceOfSatisfying(JobFailure.class, failure -> {
                    assertThat(failure.code()).isEqualTo("provider_not_set_up");
                    assertThat(failure).hasMessageContaining("REPLICATE_API_TOKEN");
                });
    }

    private JobResult drawn(ScriptedRun run) {
        return drawn(run, landings(), provider("r8_token"));
    }

    private JobResult drawn(ScriptedRun run, SceneLandings landings, ImageProvider provider) {
        return run(handler(landings, provider).handle(run));
    }

    private SceneLandings landings() {
        return new SceneLandings(postgres.pool, storyboards, versions, changes);
    }

    private SceneImageHandler handler(SceneLandings landings, ImageProvider provider) {
        var fetch = TestSettings.of(FetchSettings.class, Map.of("storyreel.fetch.allowed-hosts", "127.0.0.1"));
        var downloads = new ResultDownloads(
                vertx,
                new AddressGuard(TestResolver.ofThisMachine(), fetch),
                fetch,
                TestSettings.of(ResultSettings.class, Map.of()));
        var providers = new Providers(List.of(), List.of(), List.of(provider));
        var needed = new NeededFiles(new ObjectUses(postgres.pool, Clock.systemUTC()), paid.settings);
        return new SceneImageHandler(
                new DrawnPictures(
                        providers,
                        paid.tasks,
                        paid.ledger,
                        new ClipShelf(downloads, probe, store, needed),
                        store,
                        needed,
                        paid.settings),
                new KeptPictures(store, probe, needed),
                landings,
                new JobPurchases(paid.ledger, paid.handOvers, paid.abandoned(providers)),
                paid.settings);
    }

    private ImageProvider provider(String token) {
        ReplicateSettings settings = TestSettings.of(
                ReplicateSettings.class,
                Map.of(
                        "storyreel.replicate.api-token",
                        token,
                        "storyreel.replicate.url",
                        simulator.url("replicate") + "/v1",
                        "storyreel.replicate.image.poll-shortest",
                        "50ms"));
        ReplicateWire wire = new ReplicateWire(new ProviderHttp(vertx), settings);
        return new ReplicateImageProvider(
                new ReplicateGateway(wire), wire, settings, new StrangeStates(), Clock.systemUTC());
    }

    /** A run of the job that draws a picture of these words for the scene. */
    private ScriptedRun wanted(String prompt) {
        UUID job = UUID.randomUUID();
        SceneImageOrder order = inTransaction((tx, locked) ->
                changes.want(tx, locked, new WantedPicture(1, prompt, null, true, BigDecimal.ZERO, job)));
        postgres.execute(
                "insert into job (id, kind, workspace_id, project_id, spec_digest, provider, exclusive, status,"
                        + " lease_epoch, lease_owner)"
                        + " values ($1, 'scene_image', $2, $3, 'd', 'replicate', false, 'processing', 1, gen_random_uuid())",
                Tuple.of(job, workspace, project));
        return new ScriptedRun(
                new ClaimedJob(
                        new Lease(job, 1),
                        JobKind.SCENE_IMAGE,
                        workspace,
                        project,
                        "d",
                        "replicate",
                        List.of(),
                        0,
                        1,
                        0,
                        BigDecimal.ZERO,
                        order.toJson(),
                        null),
                folder);
    }

    private Scene scene() {
        return inTransaction((tx, locked) -> Uni.createFrom().item(locked.scene(1)));
    }

    private Picture picture(String url) {
        String name = url.substring("asset://sha256/".length());
        return run(probe.picture(store.path("content/" + name.substring(0, 2) + "/" + name)));
    }

    private static JsonObject image(JobResult result) {
        return new JsonObject(result.resultJson()).getJsonObject("image");
    }

    private <T> T inTransaction(BiFunction<SqlClient, LockedProject, Uni<T>> work) {
        return run(postgres.pool.withTransaction((SqlConnection tx) ->
                storyboards.lock(tx, List.of(workspace), project).chain(locked -> work.apply(tx, locked))));
    }

    private static long count(String sql, Object value) {
        return ((Number) postgres.rows(sql, Tuple.of(value)).get(0).getValue(0)).longValue();
    }
}
