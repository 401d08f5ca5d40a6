package io.storyreel.local.command;

import io.storyreel.local.stack.Installation;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.RandomAccessFile;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class RenderCommandTest {

    @TempDir
    Path directory;

    private final StringWriter out = new StringWriter();
    private final StringWriter err = new StringWriter();
    private FakeServer server;

    @BeforeEach
    void start() throws IOException {
        server = new FakeServer();
        for (var name : List.of("a.png", "b.png", "song.mp3")) {
            Files.writeString(directory.resolve(name), "bytes of " + name);
        }
    }

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void uploads_each_file_once_renders_follows_the_events_and_fetches_the_video() throws Exception {
        var code = render(
                "a.png",
                "b.png",
                "a.png",
                "--provider",
                "local",
                "--music",
                file("song.mp3").toString());

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
        assertThat(server.uploads).containsExactly("a.png", "b.png", "song.mp3");
        assertThat(server.project.path("approved").asBoolean()).isTrue();
        assertThat(server.project.path("storyboard").findValuesAsText("image_url"))
                .containsExactly("asset://sha256/a.png", "asset://sha256/b.png", "asset://sha256/a.png");
        assertThat(server.project.path("background_music").path("url").asText()).isEqualTo("asset://sha256/song.mp3");
        assertThat(server.project.path("output").path("format").asText()).isEqualTo("mp4");
        assertThat(server.renderRequest.path("provider").asText()).isEqualTo("local");
        assertThat(Files.size(file("out.mp4"))).isEqualTo(5000);
        assertThat(file("out.mp4.part")).doesNotExist();
        assertThat(out.toString()).contains("33 %", "scene 2/3", "5 kB", "cost 0.25 USD");
    }

    @Test
    void a_file_that_is_too_large_for_a_form_goes_to_the_object_store() throws Exception {
        var size = (32L << 20) + 1;
        try (var song = new RandomAccessFile(file("long.mp3").toFile(), "rw")) {
            song.setLength(size);
        }

        assertThat(render("a.png", "--music", file("long.mp3").toString())).isZero();

        assertThat(server.uploads).containsExactly("a.png");
        assertThat(server.announced.path("size").asLong()).isEqualTo(size);
        assertThat(server.announced.path("sha256").asText()).matches("[0-9a-f]{64}");
        assertThat(server.announced.path("media_type").asText()).isEqualTo("audio/mpeg");
        assertThat(server.calls).containsSubsequence("POST /uploads", "PUT /store/sent", "POST /uploads/u1/complete");
        assertThat(server.project.path("background_music").path("url").asText()).isEqualTo("asset://sha256/large");
    }

    @Test
    void resumes_a_broken_event_stream_after_the_last_event_it_saw() throws Exception {
        render("a.png");

        assertThat(server.resumedAfter).containsExactly("", "1", "2");
    }

    @Test
    void a_failed_render_is_told_with_its_reason_and_leaves_no_file() throws Exception {
        server.outcome = "failed";

        assertThat(render("a.png")).isEqualTo(ExitCode.RENDER_FAILED);

        assertThat(err.toString()).contains("scene 2: the picture is a text", "asset_invalid", "attempts 3");
        assertThat(file("out.mp4")).doesNotExist();
    }

    @Test
    void a_render_cancelled_by_somebody_else_ends_with_its_own_exit_code() throws Exception {
        server.outcome = "canceled";

        assertThat(render("a.png")).isEqualTo(ExitCode.CANCELLED);
    }

    @Test
    void all_refused_files_are_told_with_their_scenes_and_nothing_is_rendered() throws Exception {
        server.refusedUploads.put("a.png", "this is text, not a picture");
        server.refusedUploads.put("song.mp3", "this is no music");

        assertThat(render("a.png", "b.png", "--music", file("song.mp3").toString()))
                .isEqualTo(ExitCode.BAD_INPUT);

        assertThat(err.toString())
                .contains("scene 1, image_url", "this is text", "background_music, url", "this is no music");
        assertThat(server.calls).doesNotContain("POST /projects");
    }

    @Test
    void missing_files_are_told_before_anything_is_sent() throws Exception {
        assertThat(render("a.png", "gone.png", "lost.png")).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(err.toString()).contains("scene 2, image_url: gone.png", "scene 3, image_url: lost.png");
        assertThat(server.calls).isEmpty();
    }

    @Test
    void parts_of_the_wrong_form_are_told_before_anything_is_sent() throws Exception {
        var storyboard = Files.writeString(
                file("storyboard.json"),
                """
                {"title": "t", "output": "mp4", "background_music": "song.mp3", "script": {"text": "hello"},
                 "storyboard": ["a.png"]}
                """);

        var code = execute(
                "render",
                storyboard.toString(),
                "-o",
                file("out.mp4").toString(),
                "--music",
                file("song.mp3").toString(),
                "--server",
                server.url(),
                "--token",
                FakeServer.TOKEN);

        assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString())
                .contains(
                        "background_music is a text; write an object, such as {\"url\": \"song.mp3\"}",
                        "output is a text; write an object, such as {\"format\": \"mp4\"}",
                        "script is an object; write a list of objects",
                        "storyboard[0] is a text; write an object")
                .doesNotContain("Exception");
        assertThat(server.calls).isEmpty();
    }

    @Test
    void parts_that_are_null_count_as_left_out() throws Exception {
        var storyboard = Files.writeString(
                file("storyboard.json"),
                """
                {"title": "t", "output": null, "background_music": null, "script": null,
                 "storyboard": [{"scene_index": 1, "duration": 1, "image_url": "a.png"}]}
                """);

        var code = execute(
                "render",
                storyboard.toString(),
                "-o",
                file("out.mp4").toString(),
                "--music",
                file("song.mp3").toString(),
                "--server",
                server.url(),
                "--token",
                FakeServer.TOKEN);

        assertThat(err.toString()).isEmpty();
        assertThat(code).isZero();
    }

    @Test
    void the_servers_objections_are_told_field_by_field() throws Exception {
        assertThat(render()).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(err.toString()).contains("storyboard: 1 to 100 scenes");
    }

    @Test
    void a_server_that_is_not_there_and_a_token_it_does_not_take_are_told_apart() throws Exception {
        var url = server.url();
        assertThat(run(List.of("a.png"), url, "x." + FakeServer.TOKEN.split("\\.")[1] + ".y"))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(err.toString()).contains("does not accept the token", "the token has expired");

        server.close();

        assertThat(run(List.of("a.png"), url, FakeServer.TOKEN)).isEqualTo(ExitCode.UNREACHABLE);
        assertThat(err.toString()).contains("does not answer");
    }

    @Test
    void a_job_is_cancelled_when_the_command_ends_before_it() throws Exception {
        server.endless = true;
        var target = TargetChoice.named(server.url(), FakeServer.TOKEN, null);

        new Cancellation(target, "j1", terminal()).run();

        assertThat(server.calls).containsExactly("POST /render/jobs/j1/cancel", "GET /render/jobs/j1");
    }

    @Test
    void wrong_usage_says_what_to_change() throws Exception {
        assertThat(execute("render", file("a.json").toString(), "-o", "x.mp4")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute(
                        "render", storyboard("a.png"), "-o", file("no/dir.mp4").toString()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("render", storyboard("a.png"), "-o", file("out.avi").toString()))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("render", storyboard("a.png"), "-o", file("o.mp4").toString(), "--server", "nonsense"))
                .isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("render", "--colour", "red")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute()).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("up", "--workers", "99")).isEqualTo(ExitCode.BAD_INPUT);
        assertThat(execute("token", "--days", "0")).isEqualTo(ExitCode.BAD_INPUT);

        assertThat(err.toString())
                .contains(
                        "a.json does not exist",
                        "make it first",
                        "must end in .mp4, .webm or .mov",
                        "nonsense is no URL")
                .contains("See storyreel render --help.", "Name a command", "--workers is 99", "--days is 0");
    }

    private int render(String... picturesThenOptions) throws IOException {
        return run(List.of(picturesThenOptions), server.url(), FakeServer.TOKEN);
    }

    private int run(List<String> picturesThenOptions, String url, String token) throws IOException {
        var options = picturesThenOptions.stream()
                .dropWhile(argument -> !argument.startsWith("--"))
                .toList();
        var pictures = picturesThenOptions.subList(0, picturesThenOptions.size() - options.size());
        var arguments = new ArrayList<>(List.of("render", storyboard(pictures.toArray(String[]::new))));
        arguments.addAll(List.of("-o", file("out.mp4").toString(), "--server", url, "--token", token));
        arguments.addAll(options);
        return execute(arguments.toArray(String[]::new));
    }

    private int execute(String... arguments) {
        return StoryreelCommand.commandLine(terminal(), new Installation(directory), Clock.systemUTC())
                .execute(arguments);
    }

    private Terminal terminal() {
        return new Terminal(new PrintWriter(out), new PrintWriter(err), false, false, 80);
    }

    private String storyboard(String... pictures) throws IOException {
        var scenes = new ArrayList<String>();
        for (var picture : pictures) {
            scenes.add(
                    "{\"scene_index\":" + (scenes.size() + 1) + ",\"duration\":1,\"image_url\":\"" + picture + "\"}");
        }
        return Files.writeString(
                        file("storyboard.json"), "{\"title\":\"t\",\"storyboard\":[" + String.join(",", scenes) + "]}")
                .toString();
    }

    private Path file(String name) {
        return directory.resolve(name);
    }
}
