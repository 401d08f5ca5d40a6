package io.storyreel.worker.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storage.ObjectMissingException;
import io.storyreel.common.storyboard.BackgroundMusic;
import io.storyreel.common.storyboard.OutputSpec;
import io.storyreel.common.storyboard.Resolution;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.ScriptLine;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.common.storyboard.VoiceFit;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.fetch.FileDigest;
import io.storyreel.worker.media.TestFfmpeg;
import io.storyreel.worker.provider.ChargedException;
import io.storyreel.worker.provider.ResultLostException;
import io.storyreel.worker.provider.http.Departure;
import io.storyreel.worker.run.JobFailure;
import io.storyreel.worker.run.JobResult;
import io.storyreel.worker.speech.SpeechProvider;
import io.storyreel.worker.speech.SpeechRefusedException;
import io.storyreel.worker.speech.SpeechRefusedException.Subject;
import io.storyreel.worker.speech.SpeechUnavailableException;
import io.storyreel.worker.speech.Utterance;
import io.vertx.core.json.JsonObject;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.within;

/** The stages around a real ffmpeg, with a voice that is a tone of one second. */
class SceneBySceneVideoTest extends OnPostgres {
    private static final BigDecimal PRICE = new BigDecimal("0.25");

    @TempDir
    Path directory;

    private final Tone tone = new Tone("tone");
    private RenderStagesFixture stages;

    @BeforeEach
    void build() {
        stages = new RenderStagesFixture(postgres, directory.resolve("objects"), tone);
    }

    @Test
    void speaks_over_its_scenes_and_stretches_one_that_is_too_short() {
        var story = storyboard(
                List.of(scene(1, 0.5), scene(4, 1.5)), List.of(line("First.", null), line("Second.", null)), null);

        JsonObject result = render(story);

        assertThat(result.getJsonObject("video").getDouble("seconds")).isCloseTo(2.5, within(0.05));
        assertThat(stages.store.path(result.getJsonObject("captions").getString("srt")))
                .content()
                .contains("00:00:00,000 --> 00:00:01,0", "First.", " --> 00:00:02,0", "Second.");
        assertThat(stages.store.path(result.getJsonObject("captions").getString("vtt")))
                .content()
                .startsWith("WEBVTT");
    }

    @Test
    void puts_music_below_everything() {
        TestFfmpeg.make(directory, "-f", "lavfi", "-i", "sine=frequency=200:duration=3", "music.mp3");
        var story = storyboard(
                List.of(scene(1, 1.0)), List.of(), new BackgroundMusic(upload("music.mp3", "mp3"), null, null));

        assertThat(render(story).getJsonArray("warnings")).isEmpty();
    }

    @Test
    void buys_a_line_once_however_often_it_is_rendered() {
        var story = storyboard(List.of(scene(1, 1.0)), List.of(line("Only once.", null)), null);

        JobResult first = run(new RecordedRun(postgres.claimed("local", story), directory));
        JobResult second = run(new RecordedRun(postgres.claimed("local", story), directory));

        assertThat(tone.said).containsExactly("Only once.");
        assertThat(first.costActual()).isEqualByComparingTo(PRICE);
        assertThat(second.costActual()).isZero();
        assertThat(first.resultJson()).contains("has cost 0.25 USD, estimated were 0.00 USD");
    }

    @Test
    void goes_on_after_a_crash_without_buying_anything_again() throws IOException {
        var story = storyboard(List.of(scene(1, 1.0)), List.of(line("Again?", null)), null);
        var crashed = new RecordedRun(postgres.claimed("local", story), directory);
        run(crashed);
        crashed.steps.remove("store");
        int puts = stages.store.puts.size();
        Files.delete(stages.store.path(ObjectKeys.render(crashed.job().id(), "video.mp4")));

        run(new RecordedRun(crashed.job(), directory, crashed.steps));

        assertThat(tone.said).hasSize(1);
        assertThat(stages.store.puts.subList(puts, stages.store.puts.size()))
                .allMatch(key -> key.startsWith("renders/"));
        assertThat(stages.store.path(ObjectKeys.render(crashed.job().id(), "video.mp4")))
                .isNotEmptyFile();
    }

    @Test
    void does_nothing_again_when_the_video_is_stored() {
        var story = storyboard(List.of(scene(1, 1.0)), List.of(), null);
        var crashed = new RecordedRun(postgres.claimed("local", story), directory);
        run(crashed);
        int puts = stages.store.puts.size();

        run(new RecordedRun(crashed.job(), directory, crashed.steps));

        assertThat(stages.store.puts).hasSize(puts);
    }

    @Test
    void shows_captions_where_nobody_speaks() {
        stages = new RenderStagesFixture(postgres, directory.resolve("objects"), null);
        var story = storyboard(List.of(scene(1, 1.0), scene(2, 1.0)), List.of(line("Read me.", null)), null);

        JsonObject result = render(story);

        assertThat(stages.store.path(result.getJsonObject("captions").getString("srt")))
                .content()
                .contains("00:00:00,000 --> 00:00:01,000", "Read me.");
    }

    @Test
    void names_the_scene_whose_picture_is_text() throws IOException {
        Files.writeString(directory.resolve("note.png"), "this is not a picture");
        var story = storyboard(List.of(scene(1, 1.0), scene(3, 1.0, upload("note.png", "png"))), List.of(), null);

        JobFailure failure = failure(story);

        assertThat(failure.isTransient()).isFalse();
        assertThat(failure.code()).isEqualTo("unusable_image");
        assertThat(failure.scene()).isEqualTo(3);
        assertThat(failure)
                .hasMessage("storyboard[scene_index=3].image_url: the file is not a JPEG, PNG or WebP picture");
    }

    @Test
    void names_the_scene_whose_picture_is_cut_off() throws IOException {
        TestFfmpeg.make(directory, "-f", "lavfi", "-i", "testsrc=s=640x360:d=1", "-frames:v", "1", "whole.png");
        byte[] whole = Files.readAllBytes(directory.resolve("whole.png"));
        Files.write(directory.resolve("half.png"), Arrays.copyOf(whole, whole.length / 2));
        var story = storyboard(List.of(scene(2, 1.0, upload("half.png", "png"))), List.of(), null);

        assertThat(failure(story)).hasMessageStartingWith("storyboard[scene_index=2].image_url: the file ");
    }

    @Test
    void tells_of_an_upload_that_is_gone() {
        String gone = "asset://sha256/" + "d".repeat(64) + ".png";

        JobFailure failure = failure(storyboard(List.of(scene(1, 1.0, gone)), List.of(), null));

        assertThat(failure.isTransient()).isFalse();
        assertThat(failure).hasMessageContaining("upload it again");
    }

    @Test
    void refuses_a_picture_in_a_private_network() {
        JobFailure failure = failure(storyboard(List.of(scene(1, 1.0, "http://10.0.0.1/a.png")), List.of(), null));

        assertThat(failure.isTransient()).isFalse();
        assertThat(failure)
                .hasMessageStartingWith(
                        "storyboard[scene_index=1].image_url: the address 10.0.0.1 leads into a private");
    }

    @Test
    void refuses_music_that_is_a_picture() {
        var story = storyboard(List.of(scene(1, 1.0)), List.of(), new BackgroundMusic(picture(), null, null));

        JobFailure failure = failure(story);

        assertThat(failure.code()).isEqualTo("unusable_music");
        assertThat(failure).hasMessageStartingWith("background_music.url: the file is not an MP3");
    }

    @Test
    void names_the_line_whose_voice_nobody_has() {
        var story =
                storyboard(List.of(scene(5, 1.0)), List.of(new ScriptLine("Hello", "nobody", null, null, null)), null);

        JobFailure failure = failure(story);

        assertThat(failure.isTransient()).isFalse();
        assertThat(failure.code()).isEqualTo("voice_not_found");
        assertThat(failure.scene()).isEqualTo(5);
        assertThat(failure).hasMessageContaining("script[0].voice").hasMessageContaining("\"nobody\" (scene 5)");
    }

    @Test
    void lets_the_job_be_tried_again_while_the_speech_server_does_not_keep_up() {
        var story =
                storyboard(List.of(scene(5, 1.0)), List.of(new ScriptLine("Hello", "busy", null, null, null)), null);

        JobFailure failure = failure(story);

        assertThat(failure.isTransient()).isTrue();
        assertThat(failure.code()).isEqualTo("speech_unavailable");
        assertThat(failure.scene()).isEqualTo(5);
        assertThat(failure).hasMessageStartingWith("script[0]: no voice for scene 5 yet");
    }

    @Test
    void lets_another_speak_while_the_first_is_out_of_order() {
        var standIn = new Tone("stand-in");
        stages = new RenderStagesFixture(
                postgres, directory.resolve("objects"), TestFfmpeg.config(), List.of(tone, standIn));
        var story = storyboard(
                List.of(scene(1, 1.5), scene(2, 1.5)),
                List.of(line("First.", null), new ScriptLine("Second.", "not tone", null, null, null)),
                null);

        var run = new RecordedRun(postgres.claimed("local", story), directory);
        run(run);

        assertThat(tone.said).containsExactly("First.");
        assertThat(run.told)
                .extracting(change -> change.position().message())
                .anyMatch(message -> message.startsWith("Scene 2 is spoken by stand-in instead of tone: "));
        assertThat(standIn.said).containsExactly("Second.");
    }

    @Test
    void asks_nobody_else_for_what_the_first_refuses() {
        var standIn = new Tone("stand-in");
        stages = new RenderStagesFixture(
                postgres, directory.resolve("objects"), TestFfmpeg.config(), List.of(tone, standIn));
        var story =
                storyboard(List.of(scene(5, 1.0)), List.of(new ScriptLine("Hello", "nobody", null, null, null)), null);

        assertThat(failure(story).code()).isEqualTo("voice_not_found");
        assertThat(standIn.said).isEmpty();
    }

    @Test
    void buys_a_sound_once_more_that_cannot_be_played_and_keeps_none_of_it() {
        var story = storyboard(List.of(scene(1, 1.0)), List.of(new ScriptLine("Hi", "noise", null, null, null)), null);

        JobFailure failure = failure(story);

        assertThat(failure.code()).isEqualTo("speech_unavailable");
        assertThat(tone.said).containsExactly("Hi", "Hi");
        assertThatThrownBy(
                        () -> stages.store.stat(soundOf("Hi", "noise")).await().atMost(RealPostgres.LIMIT))
                .isInstanceOf(ObjectMissingException.class);
    }

    @Test
    void says_again_what_a_worker_kept_that_died_before_it_found_that_it_is_no_sound() throws IOException {
        Path noise = Files.writeString(directory.resolve("noise.wav"), "no sound at all");
        stages.store.put(soundOf("Hi", "default"), noise, "audio/wav").await().atMost(RealPostgres.LIMIT);

        render(storyboard(List.of(scene(1, 1.0)), List.of(line("Hi", null)), null));

        assertThat(tone.said).containsExactly("Hi");
    }

    private String soundOf(String text, String voice) {
        return ObjectKeys.speech(tone.digest(new Utterance(text, voice)), "wav");
    }

    @Test
    void warns_of_what_may_have_been_charged_besides() {
        var story =
                storyboard(List.of(scene(1, 1.0)), List.of(new ScriptLine("Hi", "cut once", null, null, null)), null);
        var run = new RecordedRun(postgres.claimed("local", story), directory);

        JobResult result = run(run);

        assertThat(result.costActual()).isEqualByComparingTo(PRICE);
        assertThat(new JsonObject(result.resultJson()).getJsonArray("warnings").stream())
                .anyMatch(warning -> warning.toString().startsWith("Up to 0.25 USD more may have been charged"));
        assertThat(tone.said).containsExactly("Hi", "Hi");
    }

    @Test
    void asks_once_more_only_for_a_voice_that_is_lost_and_says_that_it_may_have_been_charged() {
        var standIn = new Tone("stand-in");
        stages = new RenderStagesFixture(
                postgres, directory.resolve("objects"), TestFfmpeg.config(), List.of(tone, standIn));
        var story = storyboard(List.of(scene(3, 1.0)), List.of(new ScriptLine("Hello", "cut", null, null, null)), null);

        var run = new RecordedRun(postgres.claimed("local", story), directory);

        JobFailure failure = catchThrowableOfType(JobFailure.class, () -> run(run));

        assertThat(run.told)
                .extracting(change -> change.position().message())
                .filteredOn(message -> message.contains("may have charged 0.25 USD"))
                .hasSize(2);
        assertThat(failure.code()).isEqualTo("speech_lost");
        assertThat(failure.isTransient()).isFalse();
        assertThat(failure).hasMessageContaining("scene 3").hasMessageContaining("each may have been charged");
        assertThat(tone.said).containsExactly("Hello", "Hello");
        assertThat(standIn.said).isEmpty();
    }

    @Test
    void pays_for_no_line_of_a_script_that_has_one_nobody_can_say() {
        var story = storyboard(
                List.of(scene(1, 1.5), scene(2, 1.5)),
                List.of(line("First.", null), new ScriptLine("Second.", "uncast", null, null, null)),
                null);

        JobFailure failure = failure(story);

        assertThat(failure.code()).isEqualTo("speech_refused");
        assertThat(failure).hasMessageContaining("script[1].text: nobody can say this");
        assertThat(tone.said).isEmpty();
    }

    @Test
    void refuses_a_line_that_does_not_fit_its_scene() {
        var story = storyboard(List.of(scene(1, 0.5)), List.of(line("Too long.", VoiceFit.SPEED)), null);

        JobFailure failure = failure(story);

        assertThat(failure.code()).isEqualTo("script_too_long");
        assertThat(failure).hasMessageContaining("scene 1");
    }

    @Test
    void says_so_when_ffmpeg_is_missing() {
        var missing = TestFfmpeg.config("/nowhere/ffmpeg", 1, Duration.ofSeconds(1));
        var story = storyboard(List.of(scene(1, 1.0)), List.of(), null);
        stages = new RenderStagesFixture(postgres, directory.resolve("objects"), missing, tone);

        JobFailure failure = failure(story);

        assertThat(failure.code()).isEqualTo("ffmpeg_missing");
        assertThat(failure.isTransient()).isFalse();
        assertThat(failure).hasMessageContaining("STORYREEL_FFMPEG");
    }

    @Test
    void names_the_providers_there_are() {
        var story = storyboard(List.of(scene(1, 1.0)), List.of(), null);
        var run = new RecordedRun(postgres.claimed("nobody", story), directory);

        JobFailure failure = catchThrowableOfType(JobFailure.class, () -> run(run));

        assertThat(failure).hasMessage("There is no provider \"nobody\": use one of local, mock");
    }

    private JsonObject render(Storyboard story) {
        return new JsonObject(run(new RecordedRun(postgres.claimed("local", story), directory))
                .resultJson());
    }

    private JobFailure failure(Storyboard story) {
        var run = new RecordedRun(postgres.claimed("local", story), directory);
        JobFailure failure = catchThrowableOfType(JobFailure.class, () -> run(run));
        assertThat(failure).isNotNull();
        assertThat(postgres.rows(
                        "select 1 from provider_task where job_id = $1 and state = 'begun'",
                        Tuple.of(run.job().id())))
                .isEmpty();
        return failure;
    }

    private JobResult run(RecordedRun run) {
        return stages.handler.handle(run).await().atMost(RealPostgres.LIMIT);
    }

    private String picture() {
        TestFfmpeg.make(directory, "-f", "lavfi", "-i", "testsrc=s=320x180:d=1", "-frames:v", "1", "picture.png");
        return upload("picture.png", "png");
    }

    private String upload(String file, String extension) {
        try {
            String digest = FileDigest.of(directory.resolve(file));
            stages.store
                    .put(ObjectKeys.content(digest, extension), directory.resolve(file), "application/octet-stream")
                    .await()
                    .atMost(RealPostgres.LIMIT);
            return "asset://sha256/" + digest + "." + extension;
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Scene scene(int index, double seconds) {
        return scene(index, seconds, picture());
    }

    private static Scene scene(int index, double seconds, String image) {
        return new Scene(index, image, null, seconds, null, null, null, null);
    }

    private static ScriptLine line(String text, VoiceFit fit) {
        return new ScriptLine(text, null, null, fit, null);
    }

    private static Storyboard storyboard(List<Scene> scenes, List<ScriptLine> script, BackgroundMusic music) {
        return new Storyboard(scenes, script, music, new OutputSpec(Resolution.P480, null, 25, null), null);
    }

    private static void write(Path file, String content) {
        try {
            Files.writeString(file, content);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Says everything in one second of tone; has never heard of the voice {@code nobody}, {@code busy} is, {@code cut} breaks off, {@code noise} is none. */
    private final class Tone implements SpeechProvider {
        private final String name;
        private final List<String> said = new CopyOnWriteArrayList<>();

        Tone(String name) {
            this.name = name;
        }

        @Override
        public String name() {
            return name;
        }

        @Override
        public Uni<Utterance> cast(Utterance line) {
            return line.voice().equals("uncast")
                    ? Uni.createFrom().failure(new SpeechRefusedException(Subject.TEXT, "nobody can say this"))
                    : Uni.createFrom().item(line);
        }

        @Override
        public String digest(Utterance utterance) {
            return FileDigest.of(utterance.text(), utterance.voice());
        }

        @Override
        public BigDecimal price(Utterance utterance) {
            return PRICE;
        }

        @Override
        public Uni<BigDecimal> speak(Utterance utterance, Path target, Departure departure) {
            return departure.of(() -> spoken(utterance, target));
        }

        private Uni<BigDecimal> spoken(Utterance utterance, Path target) {
            if (utterance.voice().equals("cut") || utterance.voice().equals("cut once") && said.isEmpty()) {
                said.add(utterance.text());
                return Uni.createFrom()
                        .failure(new ChargedException(null, new ResultLostException("the sound broke off", null)));
            }
            if (utterance.voice().equals("nobody")) {
                return Uni.createFrom()
                        .failure(new SpeechRefusedException(Subject.VOICE, "the speech server has no such voice"));
            }
            if (utterance.voice().equals("busy") || utterance.voice().equals("not " + name)) {
                return Uni.createFrom()
                        .failure(new SpeechUnavailableException("the speech server does not keep up", null, null));
            }
            return Uni.createFrom().item(PRICE).invoke(() -> {
                said.add(utterance.text());
                if (utterance.voice().equals("noise")) {
                    write(target, "no sound at all");
                    return;
                }
                TestFfmpeg.make(directory, "-f", "lavfi", "-i", "sine=frequency=300:duration=1", target.toString());
            });
        }
    }
}
