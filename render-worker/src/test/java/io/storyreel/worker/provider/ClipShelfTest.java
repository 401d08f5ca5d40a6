package io.storyreel.worker.provider;

import com.sun.net.httpserver.HttpServer;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.ledger.Purpose;
import io.storyreel.common.storage.ObjectUses;
import io.storyreel.worker.FolderStore;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.fetch.AddressGuard;
import io.storyreel.worker.fetch.FetchSettings;
import io.storyreel.worker.fetch.ResultDownloads;
import io.storyreel.worker.fetch.ResultSettings;
import io.storyreel.worker.fetch.TestResolver;
import io.storyreel.worker.media.Ffmpeg;
import io.storyreel.worker.media.MediaProbe;
import io.storyreel.worker.media.TestFfmpeg;
import io.storyreel.worker.run.NeededFiles;
import io.storyreel.worker.run.WorkerSettings;
import io.vertx.core.Vertx;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class ClipShelfTest extends OnPostgres {
    private static final Duration LIMIT = Duration.ofSeconds(60);
    private static final UUID JOB = UUID.randomUUID();

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final Deque<byte[]> answers = new ArrayDeque<>();
    private byte[] clip;
    private HttpServer web;
    private FolderStore objects;
    private ClipShelf shelf;

    private enum Flaw {
        PAGE,
        HALF,
        WRONG_BYTES;

        byte[] spoil(byte[] file) {
            return switch (this) {
                case PAGE ->
                    "<!DOCTYPE html><p>We will be right back</p>".repeat(100).getBytes(StandardCharsets.UTF_8);
                case HALF -> Arrays.copyOf(file, file.length / 2);
                case WRONG_BYTES -> {
                    byte[] spoilt = file.clone();
                    for (int i = file.length / 2; i < file.length / 2 + 2048; i++) {
                        spoilt[i] ^= 0x55;
                    }
                    yield spoilt;
                }
            };
        }
    }

    @BeforeEach
    void start() throws IOException {
        TestFfmpeg.make(
                directory,
                "-f",
                "lavfi",
                "-i",
                "testsrc=s=640x360:r=25:d=1",
                "-pix_fmt",
                "yuv420p",
                "-c:v",
                "libx264",
                "-movflags",
                "+faststart",
                "clip.mp4");
        clip = Files.readAllBytes(directory.resolve("clip.mp4"));
        web = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 0);
        web.createContext("/", exchange -> {
            byte[] answer = answers.remove();
            exchange.sendResponseHeaders(200, answer.length);
            exchange.getResponseBody().write(answer);
            exchange.close();
        });
        web.start();
        var fetch = TestSettings.of(FetchSettings.class, Map.of("storyreel.fetch.allowed-hosts", "127.0.0.1"));
        var guard = new AddressGuard(TestResolver.ofThisMachine(), fetch);
        var ffmpeg = TestFfmpeg.config();
        objects = new FolderStore(directory.resolve("objects"));
        shelf = new ClipShelf(
                new ResultDownloads(vertx, guard, fetch, TestSettings.of(ResultSettings.class, Map.of())),
                new MediaProbe(new Ffmpeg(ffmpeg), ffmpeg),
                objects,
                new NeededFiles(
                        new ObjectUses(postgres.pool, Clock.systemUTC()),
                        TestSettings.of(WorkerSettings.class, Map.of())));
    }

    @AfterEach
    void stop() {
        web.stop(0);
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void what_comes_spoilt_is_fetched_once_more(Flaw flaw) {
        answers.addAll(List.of(flaw.spoil(clip), clip));

        Clip kept = keep();

        assertThat(objects.puts).containsExactly(kept.key());
        assertThat(answers).isEmpty();
    }

    @ParameterizedTest
    @EnumSource(Flaw.class)
    void what_is_spoilt_where_it_comes_from_is_kept_by_nobody(Flaw flaw) {
        answers.addAll(List.of(flaw.spoil(clip), flaw.spoil(clip), clip));

        assertThatThrownBy(this::keep)
                .isInstanceOf(BrokenResultException.class)
                .hasMessageStartingWith("What the provider made is of no use: the file is ")
                .message()
                .doesNotContain(directory.toString());
        assertThat(objects.puts).isEmpty();
        assertThat(answers).hasSize(1);
    }

    @Test
    void what_is_good_is_fetched_once() {
        answers.addAll(List.of(clip, clip));

        keep();

        assertThat(answers).hasSize(1);
    }

    private Clip keep() {
        var file = RemoteFile.at("http://127.0.0.1:" + web.getAddress().getPort() + "/clip.mp4");
        return shelf.keep(JOB, Purpose.CLIP, "digest", file, directory.resolve("fetched.mp4"), () -> Uni.createFrom()
                        .item(file))
                .await()
                .atMost(LIMIT);
    }
}
