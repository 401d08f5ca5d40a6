package io.storyreel.worker.provider;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.job.ClaimedJob;
import io.storyreel.common.ledger.ProviderTask;
import io.storyreel.common.ledger.Purchase;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storage.ObjectUses;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.FolderStore;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.fetch.AddressGuard;
import io.storyreel.worker.fetch.FetchSettings;
import io.storyreel.worker.fetch.ResultDownloads;
import io.storyreel.worker.fetch.ResultSettings;
import io.storyreel.worker.fetch.TestResolver;
import io.storyreel.worker.media.Ffmpeg;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.TestFfmpeg;
import io.storyreel.worker.provider.TaskProgress.Succeeded;
import io.storyreel.worker.run.NeededFiles;
import io.vertx.mutiny.sqlclient.Row;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.OffsetDateTime;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

/** What becomes of tasks that nobody waits for. */
class LateResultsTest extends OnPostgres {
    private static final ResultSettings FETCHING = TestSettings.of(ResultSettings.class, Map.of());

    @TempDir
    Path directory;

    private final Vendor vendor = new Vendor();
    private HttpServer web;
    private FolderStore objects;
    private PaidTasksFixture fixture;
    private LateResults late;
    private ClaimedJob job;

    @BeforeEach
    void endJob() throws IOException {
        serveClip();
        fixture = new PaidTasksFixture(postgres);
        objects = new FolderStore(directory.resolve("objects"));
        var vertx = postgres.vertx.getDelegate();
        var fetch = TestSettings.of(FetchSettings.class, Map.of("storyreel.fetch.allowed-hosts", "127.0.0.1"));
        var guard = new AddressGuard(TestResolver.ofThisMachine(), fetch);
        var ffmpeg = TestFfmpeg.config();
        var shelf = new ClipShelf(
                new ResultDownloads(vertx, guard, fetch, FETCHING),
                new MediaProbe(new Ffmpeg(ffmpeg), ffmpeg),
                objects,
                new NeededFiles(new ObjectUses(postgres.pool, Clock.systemUTC()), fixture.settings));
        var providers = new Providers(List.of(), List.of(vendor), List.of());
        VideoCheck noVideos =
                (specDigest, file) -> Uni.createFrom().failure(new IllegalStateException("no videos here"));
        late = new LateResults(
                fixture.ledger,
                fixture.givenUp,
                providers,
                shelf,
                noVideos,
                fixture.patience,
                FETCHING,
                fixture.watch,
                Clock.systemUTC());
        postgres.execute("delete from provider_task", Tuple.tuple());
        var scene = new Scene(1, "https://example.com/a.png", null, 1.0, null, null, null, null);
        job = postgres.claimed("vendor", new Storyboard(List.of(scene), List.of(), null, null, null));
    }

    @AfterEach
    void stopServing() {
        web.stop(0);
    }

    @Test
    void keeps_what_was_made_after_its_job_had_ended() {
        leftBehind(1, "theirs-1");

        run(late.round(directory));

        assertThat(rows()).singleElement().satisfies(row -> {
            assertThat(row.getString("state")).isEqualTo("succeeded");
            assertThat(row.getBigDecimal("cost_actual")).isEqualByComparingTo(TestVendor.PRICE);
            assertThat(row.getOffsetDateTime("look_at")).isNull();
        });
        assertThat(objects.puts).containsExactly(ClipShelf.key(Purpose.CLIP, "digest-1"));
    }

    @Test
    void counts_what_a_late_result_has_cost() {
        leftBehind(1, "theirs-1");
        leftBehind(2, "theirs-2");

        run(late.round(directory));

        assertThat(fixture.meters
                        .get("storyreel.provider.spend.usd")
                        .tag("provider", "vendor")
                        .counter()
                        .count())
                .isEqualTo(2 * TestVendor.PRICE.doubleValue());
    }

    @Test
    void keeps_the_others_when_one_cannot_even_be_asked_after() {
        leftBehind(1, "nonsense");
        leftBehind(2, "theirs-2");

        run(late.round(directory));

        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("running", "succeeded");
        assertThat(rows().get(0).getString("error")).isEqualTo("no such address");
    }

    @Test
    void does_not_give_up_a_file_on_its_way_because_of_another_task() {
        leftBehind(1, "unspeakable");
        leftBehind(2, "slow");

        var round = late.round(directory).subscribeAsCompletionStage();
        await().atMost(RealPostgres.LIMIT).until(() -> vendor.refused && vendor.slow.getNumberOfDependents() > 0);
        assertThat(round).isNotDone();
        vendor.slow.complete(vendor.made());

        assertThatThrownBy(round::join).hasMessageContaining("0x00");
        assertThat(rows()).extracting(row -> row.getString("state")).containsExactly("running", "succeeded");
    }

    @Test
    void nobody_else_gets_a_task_while_its_file_may_be_on_its_way() {
        leftBehind(1, "slow");

        var round = late.round(directory).subscribeAsCompletionStage();
        await().atMost(RealPostgres.LIMIT).until(() -> vendor.slow.getNumberOfDependents() > 0);

        assertThat(rows().get(0).getOffsetDateTime("look_at"))
                .isAfter(OffsetDateTime.now().plus(FETCHING.totalTimeout()));
        vendor.slow.complete(vendor.made());
        assertThat(round).succeedsWithin(RealPostgres.LIMIT);
    }

    private void leftBehind(int scene, String theirId) {
        Purchase purchase =
                Purchase.whole(job.lease(), Purpose.CLIP, scene, "vendor", "digest-" + scene, TestVendor.PRICE);
        ProviderTask task = run(fixture.ledger.begin(purchase));
        run(fixture.ledger.running(task, theirId, null, null));
        run(fixture.ledger.leaveOpen(job.id(), Duration.ZERO));
        postgres.execute(
                "update job set status = 'failed', completed_at = clock_timestamp() where id = $1", Tuple.of(job.id()));
    }

    private void serveClip() throws IOException {
        TestFfmpeg.make(
                directory,
                "-f",
                "lavfi",
                "-i",
                "testsrc=s=320x180:r=25:d=1",
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "clip.mp4");
        byte[] clip = Files.readAllBytes(directory.resolve("clip.mp4"));
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/clip.mp4", exchange -> {
            exchange.sendResponseHeaders(200, clip.length);
            exchange.getResponseBody().write(clip);
            exchange.close();
        });
        web.start();
        vendor.url = "http://127.0.0.1:" + web.getAddress().getPort() + "/clip.mp4";
    }

    private List<Row> rows() {
        return postgres.rows("select * from provider_task where job_id = $1 order by scene", Tuple.of(job.id()));
    }

    private static <T> T run(Uni<T> call) {
        return call.await().atMost(RealPostgres.LIMIT);
    }

    /** Has made everything, but for the tasks whose names say otherwise. */
    private static final class Vendor extends TestVendor {
        private final CompletableFuture<TaskProgress<RemoteFile>> slow = new CompletableFuture<>();
        private volatile String url;
        private volatile boolean refused;

        TaskProgress<RemoteFile> made() {
            return new Succeeded<>("SUCCEEDED", RemoteFile.at(url), PRICE);
        }

        @Override
        public Uni<TaskProgress<RemoteFile>> poll(ProviderTask task, int told) {
            return switch (task.providerTaskId()) {
                case "nonsense" -> throw new IllegalArgumentException("no such address");
                case "slow" -> Uni.createFrom().completionStage(slow);
                // A reason that Postgres does not take, so that not even the failure can be written down.
                case "unspeakable" ->
                    Uni.createFrom()
                            .<TaskProgress<RemoteFile>>failure(new IllegalStateException("\0"))
                            .onFailure()
                            .invoke(() -> refused = true);
                default -> Uni.createFrom().item(made());
            };
        }
    }
}
