package io.storyreel.worker.fetch;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.TestSettings;
import io.storyreel.worker.fetch.CorruptResultException.Flaw;
import io.storyreel.worker.provider.RemoteFile;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpServerRequest;
import io.vertx.core.http.HttpServerResponse;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Duration;
import java.util.HashMap;
import java.util.HexFormat;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;

import static io.storyreel.worker.fetch.FlakyFileServer.SIZE;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.awaitility.Awaitility.await;

class ResultDownloadsTest {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @TempDir
    Path directory;

    private final Vertx vertx = Vertx.vertx();
    private final TestResolver resolver = new TestResolver();
    private final AtomicInteger renewals = new AtomicInteger();
    private FlakyFileServer server;

    @BeforeEach
    void serve() {
        server = new FlakyFileServer(vertx);
    }

    @AfterEach
    void stop() {
        vertx.close().toCompletionStage().toCompletableFuture().join();
    }

    @Test
    void brings_a_file_with_its_size_and_digest() throws Exception {
        server.on("/clip", (request, before) -> server.send(request));

        FetchedFile file = download(new RemoteFile(server.url("/clip"), (long) SIZE, sha256(), null));

        assertThat(file.size()).isEqualTo(SIZE);
        assertThat(file.sha256()).isEqualTo(sha256());
        assertThat(file.path()).hasBinaryContent(server.video.getBytes());
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void resumes_where_the_connection_broke() {
        int[] cuts = {1, 700_000, 2_000_001, SIZE};
        server.on("/clip", (request, before) -> server.cutAt(request, cuts[before]));

        FetchedFile file = download(RemoteFile.at(server.url("/clip")));

        assertThat(file.path()).hasBinaryContent(server.video.getBytes());
        assertThat(file.sha256()).isEqualTo(sha256());
        assertThat(server.asked).hasSize(4);
        assertThat(server.asked.subList(1, 4))
                .anySatisfy(asked -> assertThat(asked.range()).matches("bytes=\\d+-"))
                .allSatisfy(asked -> assertThat(asked.ifRange()).isEqualTo(asked.range() == null ? null : "\"one\""));
    }

    @Test
    void starts_over_when_the_server_sends_the_whole_file_again() {
        server.on("/clip", (request, before) -> {
            if (before == 0) {
                server.cutAt(request, 1_000_000);
            } else {
                request.response().putHeader("ETag", "\"two\"").end(FlakyFileServer.content(2));
            }
        });

        FetchedFile file = download(RemoteFile.at(server.url("/clip")));

        assertThat(file.path()).hasBinaryContent(FlakyFileServer.content(2).getBytes());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "bytes 0-2999999/3000000",
                "bytes 5-2999999/3000000",
                "bytes 1000000-2999999/9999999",
                "bytes 1000000-1/3000000",
                "nonsense"
            })
    void starts_over_when_the_server_sends_another_range(String contentRange) {
        server.on("/clip", (request, before) -> {
            if (before == 0) {
                server.cutAt(request, 1_000_000);
            } else if (request.getHeader("Range") != null) {
                request.response()
                        .setStatusCode(206)
                        .putHeader("Content-Range", contentRange)
                        .putHeader("ETag", "\"one\"")
                        .end(server.video.slice(0, 2_000_000));
            } else {
                server.send(request);
            }
        });

        FetchedFile file = download(RemoteFile.at(server.url("/clip")));

        assertThat(file.sha256()).isEqualTo(sha256());
    }

    @Test
    void starts_over_when_there_is_no_such_range() {
        server.on("/clip", (request, before) -> {
            if (before == 0) {
                server.cutAt(request, 1_000_000);
            } else if (request.getHeader("Range") != null) {
                request.response().setStatusCode(416).end();
            } else {
                server.send(request);
            }
        });

        assertThat(download(RemoteFile.at(server.url("/clip"))).sha256()).isEqualTo(sha256());
    }

    @Test
    void gives_up_on_a_connection_that_breaks_again_and_again() {
        server.on("/clip", (request, before) -> server.cutAt(request, Math.min(SIZE - 1, (before + 1) * 1_000)));

        var failure = failure(ResultUnreachableException.class, RemoteFile.at(server.url("/clip")), exempt());

        assertThat(failure).hasMessageContaining("in 9 attempts").hasMessageContaining("broke off");
        assertThat(server.asked).hasSize(9);
        assertNothingLeft();
    }

    @Test
    void waits_for_a_server_in_trouble() {
        int[] trouble = {503, 429, 500, 408};
        server.on("/clip", (request, before) -> {
            if (before < trouble.length) {
                request.response().setStatusCode(trouble[before]).end();
            } else {
                server.send(request);
            }
        });

        assertThat(download(RemoteFile.at(server.url("/clip"))).size()).isEqualTo(SIZE);
        assertThat(renewals).hasValue(0);
    }

    @Test
    void tells_a_server_that_is_away_as_unreachable() {
        var failure = failure(
                ResultUnreachableException.class, RemoteFile.at("http://127.0.0.1:1/clip"), provider("127.0.0.1"));

        assertThat(failure).hasMessageContaining("attempts").hasMessageNotContaining("127.0.0.1");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "<!DOCTYPE html><html><body>Sign in</body></html> | an HTML page",
                "{\"error\": \"expired\"} | JSON text",
                "<?xml version=\"1.0\"?><Error/> | an XML document",
                "abcdefghij | something that begins with the bytes 61 62 63 64 65 66 67 68"
            })
    void tells_what_came_instead_of_a_video(String page, String told) {
        server.on("/clip", (request, before) -> request.response().end(page));

        var failure = corrupt(RemoteFile.at(server.url("/clip")));

        assertThat(failure.flaw()).isEqualTo(Flaw.OTHER_KIND);
        assertThat(failure).hasMessage("the file is not a video but " + told);
        assertNothingLeft();
    }

    @Test
    void takes_no_picture_for_a_video() {
        server.on("/clip", (request, before) -> request.response()
                .end(Buffer.buffer(new byte[] {(byte) 0x89, 'P', 'N', 'G', 13, 10, 26, 10})
                        .appendBytes(new byte[5_000])));

        assertThat(corrupt(RemoteFile.at(server.url("/clip")))).hasMessage("the file is not a video but a picture");
    }

    @Test
    void refuses_a_file_that_says_it_is_too_large_before_reading_it() {
        server.on("/clip", (request, before) -> request.response()
                .putHeader("Content-Length", "10000000000")
                .write(server.video.slice(0, 1_000)));

        var failure = corrupt(RemoteFile.at(server.url("/clip")));

        assertThat(failure.flaw()).isEqualTo(Flaw.TOO_LARGE);
        assertThat(failure).hasMessageContaining("larger than 2048 MB, the limit for a video");
        assertThat(server.asked).hasSize(1);
        assertNothingLeft();
    }

    @Test
    void cuts_an_endless_file_at_the_limit() {
        server.on("/clip", (request, before) -> pour(request.response().setChunked(true), server.video));

        var failure = failure(
                CorruptResultException.class,
                RemoteFile.at(server.url("/clip")),
                exempt("storyreel.results.most-video-bytes", "20M"));

        assertThat(failure.flaw()).isEqualTo(Flaw.TOO_LARGE);
        assertThat(failure).hasMessageContaining("larger than 20 MB");
        assertNothingLeft();
    }

    @ParameterizedTest
    @CsvSource({"2999999, TOO_LARGE", "3000001, WRONG_SIZE"})
    void refuses_a_file_of_another_size_than_declared(long declared, Flaw flaw) {
        server.on(
                "/clip",
                (request, before) -> request.response().setChunked(true).end(server.video));

        assertThat(corrupt(new RemoteFile(server.url("/clip"), declared, null, null))
                        .flaw())
                .isEqualTo(flaw);
        assertNothingLeft();
    }

    @Test
    void refuses_a_file_with_another_digest_than_declared() {
        server.on("/clip", (request, before) -> server.send(request));

        var failure = corrupt(new RemoteFile(server.url("/clip"), (long) SIZE, "0".repeat(64), null));

        assertThat(failure.flaw()).isEqualTo(Flaw.WRONG_DIGEST);
        assertNothingLeft();
    }

    @Test
    void refuses_a_file_that_is_too_small() {
        server.on("/clip", (request, before) -> request.response().end(server.video.slice(0, 1_023)));

        assertThat(corrupt(RemoteFile.at(server.url("/clip"))).flaw()).isEqualTo(Flaw.TOO_SMALL);
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 401, 403, 404, 410})
    void asks_for_a_new_address_when_the_old_one_has_expired(int status) {
        server.on(
                "/old",
                (request, before) -> request.response().setStatusCode(status).end("expired"));
        server.on("/new", (request, before) -> server.send(request));

        FetchedFile file = download(RemoteFile.at(server.url("/old")), RemoteFile.at(server.url("/new")));

        assertThat(file.sha256()).isEqualTo(sha256());
        assertThat(renewals).hasValue(1);
    }

    @Test
    void goes_on_from_a_new_address_when_the_old_one_expires_in_the_middle() {
        server.on("/old", (request, before) -> {
            if (before == 0) {
                server.cutAt(request, 2_000_000);
            } else {
                request.response().setStatusCode(403).end();
            }
        });
        server.on("/new", (request, before) -> server.send(request));

        FetchedFile file = download(RemoteFile.at(server.url("/old")), RemoteFile.at(server.url("/new")));

        assertThat(file.sha256()).isEqualTo(sha256());
        assertThat(server.asked.get(server.asked.size() - 1).ifRange()).isEqualTo("\"one\"");
    }

    @Test
    void counts_a_file_as_gone_when_new_addresses_do_not_help() {
        var failure = corrupt(RemoteFile.at(server.url("/nothing")));

        assertThat(failure.flaw()).isEqualTo(Flaw.GONE);
        assertThat(renewals).hasValue(2);
        assertThat(server.asked).hasSize(9);
    }

    @ParameterizedTest
    @ValueSource(ints = {403, 404})
    void waits_for_a_file_that_comes_to_its_address_late(int status) {
        server.on("/clip", (request, before) -> {
            if (before < 5) {
                request.response().setStatusCode(status).end();
            } else {
                server.send(request);
            }
        });
        RemoteFile address = RemoteFile.at(server.url("/clip"));

        FetchedFile file = download(address, address);

        assertThat(file.sha256()).isEqualTo(sha256());
        assertThat(renewals).hasValue(2);
    }

    @Test
    void counts_a_file_as_gone_when_the_provider_has_no_new_address() {
        var failure = catchThrowableOfType(
                CorruptResultException.class,
                () -> download(downloads(exempt()), RemoteFile.at(server.url("/nothing")), () -> Uni.createFrom()
                        .nullItem()));

        assertThat(failure.flaw()).isEqualTo(Flaw.GONE);
    }

    @Test
    void hands_on_why_the_provider_gives_no_new_address() {
        var failure = catchThrowableOfType(
                IllegalStateException.class,
                () -> download(downloads(exempt()), RemoteFile.at(server.url("/nothing")), () -> Uni.createFrom()
                        .failure(new IllegalStateException("provider away"))));

        assertThat(failure).hasMessage("provider away");
    }

    @Test
    void shows_the_authorization_only_when_it_is_asked_for() {
        server.on("/clip", (request, before) -> {
            if (request.getHeader("Authorization") == null) {
                request.response().setStatusCode(401).end();
            } else {
                server.send(request);
            }
        });

        download(new RemoteFile(server.url("/clip"), null, null, "Bearer secret"));

        assertThat(server.asked)
                .extracting(FlakyFileServer.Asked::authorization)
                .containsExactly(null, "Bearer secret");
        assertThat(renewals).hasValue(0);
    }

    @Test
    void sends_the_authorization_to_no_other_address() {
        server.on("/clip", (request, before) -> {
            if (request.getHeader("Authorization") == null) {
                request.response().setStatusCode(403).end();
            } else {
                redirect(request, server.url("/store"));
            }
        });
        server.on("/store", (request, before) -> server.send(request));

        download(new RemoteFile(server.url("/clip"), null, null, "Bearer secret"));

        assertThat(server.asked)
                .extracting(FlakyFileServer.Asked::authorization)
                .containsExactly(null, "Bearer secret", null);
    }

    @Test
    void sends_the_authorization_to_no_stranger_in_the_clear() {
        resolver.answering("cdn.example", "127.0.0.1", "127.0.0.1");
        server.on(
                "/clip",
                (request, before) -> request.response().setStatusCode(401).end());
        String url = "http://cdn.example:" + server.port() + "/clip";

        var failure = failure(
                CorruptResultException.class,
                new RemoteFile(url, null, null, "Bearer secret"),
                Map.of("storyreel.fetch.allowed-hosts", "cdn.example"));

        assertThat(failure.flaw()).isEqualTo(Flaw.GONE);
        assertThat(server.asked)
                .extracting(FlakyFileServer.Asked::authorization)
                .containsOnlyNulls();
    }

    @Test
    void gives_up_on_endless_redirects() {
        server.on("/clip", (request, before) -> redirect(request, "/clip"));

        assertThat(corrupt(RemoteFile.at(server.url("/clip"))).flaw()).isEqualTo(Flaw.BAD_ADDRESS);
        assertThat(server.asked).hasSize(6);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "http://169.254.169.254/latest/meta-data",
                "http://127.0.0.1:1/other-port",
                "http://inside.example/clip",
                "ftp://example.com/clip",
                "file:///etc/passwd"
            })
    void follows_no_redirect_into_a_private_network(String target) {
        resolver.answering("inside.example", "10.0.0.7");
        server.on("/clip", (request, before) -> redirect(request, target));

        var failure = corrupt(RemoteFile.at(server.url("/clip")));

        assertThat(failure.flaw()).isEqualTo(Flaw.BAD_ADDRESS);
        assertThat(server.asked).hasSize(1);
    }

    @Test
    void refuses_a_private_address_that_nobody_configured() {
        var failure = failure(CorruptResultException.class, RemoteFile.at(server.url("/clip")), Map.of());

        assertThat(failure.flaw()).isEqualTo(Flaw.BAD_ADDRESS);
        assertThat(failure).hasMessageContaining("private network");
        assertThat(server.asked).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"RUNWAYML_API_URL", "PIKA_API_URL", "REPLICATE_API_URL", "CUSTOM_VIDEO_API_URL"})
    void trusts_the_address_of_each_configured_provider(String setting) {
        server.on("/clip", (request, before) -> server.send(request));

        FetchedFile file = download(
                downloads(Map.of(setting, server.url("/vendor/v1"))), RemoteFile.at(server.url("/clip")), this::none);

        assertThat(file.size()).isEqualTo(SIZE);
    }

    @Test
    void gives_up_on_a_server_that_falls_silent() {
        server.on(
                "/clip",
                (request, before) -> request.response().setChunked(true).write(server.video.slice(0, 5_000)));

        var failure = failure(
                ResultUnreachableException.class,
                RemoteFile.at(server.url("/clip")),
                exempt("storyreel.results.idle-timeout", "100ms", "storyreel.results.most-repetitions", "2"));

        assertThat(failure).hasMessageContaining("in 3 attempts");
        assertNothingLeft();
    }

    @Test
    void gives_up_on_a_file_that_takes_too_long() {
        server.on("/clip", (request, before) -> drip(request.response().setChunked(true)));

        var failure = failure(
                ResultUnreachableException.class,
                RemoteFile.at(server.url("/clip")),
                exempt("storyreel.results.total-timeout", "700ms"));

        assertThat(failure).hasMessageContaining("took longer");
        assertNothingLeft();
    }

    @Test
    void leaves_nothing_when_it_is_cancelled() {
        var closed = new AtomicInteger();
        server.on("/clip", (request, before) -> {
            request.connection().closeHandler(gone -> closed.incrementAndGet());
            request.response().setChunked(true).write(server.video.slice(0, 500_000));
        });

        var running = downloads(exempt())
                .download(RemoteFile.at(server.url("/clip")), FileKind.VIDEO, target(), this::none)
                .subscribe()
                .with(file -> {});
        await().atMost(LIMIT).until(() -> Files.exists(target()) && Files.size(target()) == 500_000);
        running.cancel();

        await().atMost(LIMIT).untilAsserted(() -> {
            assertThat(closed).hasValue(1);
            assertThat(target()).doesNotExist();
        });
    }

    private void pour(HttpServerResponse response, Buffer chunk) {
        response.write(chunk).onSuccess(sent -> pour(response, Buffer.buffer(new byte[100_000])));
    }

    private void drip(HttpServerResponse response) {
        response.write(server.video.slice(0, 600));
        vertx.setPeriodic(50, timer -> response.write("drop").onFailure(gone -> vertx.cancelTimer(timer)));
    }

    private static void redirect(HttpServerRequest request, String target) {
        request.response().setStatusCode(302).putHeader("Location", target).end();
    }

    private ResultDownloads downloads(Map<String, String> values) {
        Map<String, String> all = new HashMap<>(values);
        all.putIfAbsent("storyreel.results.first-pause", "5ms");
        FetchSettings fetch = TestSettings.of(FetchSettings.class, all);
        return new ResultDownloads(
                vertx, new AddressGuard(resolver, fetch), fetch, TestSettings.of(ResultSettings.class, all));
    }

    private Map<String, String> exempt(String... more) {
        Map<String, String> values = new HashMap<>(provider("127.0.0.1:" + server.port()));
        for (int i = 0; i < more.length; i += 2) {
            values.put(more[i], more[i + 1]);
        }
        return values;
    }

    private static Map<String, String> provider(String host) {
        return Map.of("storyreel.results.provider-hosts", host);
    }

    private Path target() {
        return directory.resolve("clip.mp4");
    }

    private Uni<RemoteFile> none() {
        return Uni.createFrom().failure(new AssertionError("nobody should ask for a new address"));
    }

    private FetchedFile download(RemoteFile file) {
        return download(downloads(exempt()), file, this::none);
    }

    private FetchedFile download(RemoteFile file, RemoteFile renewed) {
        return download(downloads(exempt()), file, () -> {
            renewals.incrementAndGet();
            return Uni.createFrom().item(renewed);
        });
    }

    private FetchedFile download(ResultDownloads downloads, RemoteFile file, Supplier<Uni<RemoteFile>> renew) {
        return downloads.download(file, FileKind.VIDEO, target(), renew).await().atMost(LIMIT);
    }

    private CorruptResultException corrupt(RemoteFile file) {
        return failure(CorruptResultException.class, file, exempt());
    }

    private <T extends Throwable> T failure(Class<T> type, RemoteFile file, Map<String, String> values) {
        T failure = catchThrowableOfType(
                type,
                () -> download(downloads(values), file, () -> {
                    renewals.incrementAndGet();
                    return Uni.createFrom().item(file);
                }));
        assertThat(failure).as("failure of " + file.url()).isNotNull();
        return failure;
    }

    private void assertNothingLeft() {
        try (var files = Files.list(directory)) {
            assertThat(files).isEmpty();
        } catch (IOException e) {
            throw new AssertionError(e);
        }
    }

    private String sha256() {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(server.video.getBytes()));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new AssertionError(e);
        }
    }
}
