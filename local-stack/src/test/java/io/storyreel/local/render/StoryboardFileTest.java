package io.storyreel.local.render;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

class StoryboardFileTest {

    @TempDir
    Path directory;

    @Test
    void names_line_and_column_of_broken_json() throws IOException {
        var problem = problem("{\n  \"title\": \"x\",\n  \"storyboard\": [}\n");

        assertThat(problem).hasMessageContaining("line 3, column 1").hasMessageContaining("storyboard.json");
    }

    @Test
    void names_every_unknown_field_and_the_one_probably_meant() throws IOException {
        var problem = problem("{\"titel\": \"x\", \"storyboard\": [{\"durration\": 3}, {\"image\": \"a.png\"}]}");

        assertThat(problem.problems())
                .containsExactly(
                        "storyboard[0].durration: there is no such field; did you mean duration?",
                        "storyboard[1].image: there is no such field; known are description, duration, image_prompt,"
                                + " image_url, motion, motion_prompt, scene_index, transition",
                        "titel: there is no such field; did you mean title?");
    }

    @Test
    void refuses_a_field_that_is_given_twice() throws IOException {
        assertThat(problem("{\"title\": \"a\", \"title\": \"b\"}")).hasMessageContaining("Duplicate");
    }

    @Test
    void refuses_what_is_no_object_or_no_text() throws IOException {
        assertThat(problem("[1]")).hasMessageContaining("no JSON object");
        Files.write(directory.resolve("storyboard.json"), new byte[] {(byte) 0x89, 'P', 'N', 'G', (byte) 0xff});
        assertThat(catchThrowableOfType(
                        BadInput.class, () -> StoryboardFile.read(directory.resolve("storyboard.json"))))
                .hasMessageContaining("no text in UTF-8");
    }

    @Test
    void lists_every_missing_file_with_its_scene_at_once() throws Exception {
        Files.writeString(directory.resolve("here.png"), "x");
        Files.writeString(directory.resolve("empty.png"), "");
        var file = write(
                """
                {"title": "x", "background_music": {"url": "song.mp3"}, "storyboard": [
                  {"scene_index": 1, "image_url": "here.png", "duration": 1},
                  {"scene_index": 2, "image_url": "gone.png", "duration": 1},
                  {"scene_index": 5, "image_url": "empty.png", "duration": 1},
                  {"scene_index": 6, "image_url": "https://example.com/a.png", "duration": 1},
                  {"scene_index": 7, "image_url": "asset://sha256/00.png", "duration": 1}]}
                """);
        var storyboard = StoryboardFile.read(file);

        var problem = catchThrowableOfType(BadInput.class, () -> LocalAssets.of(storyboard, directory));

        assertThat(problem.problems()).hasSize(3);
        assertThat(problem.problems().get(0)).startsWith("scene 2, image_url: gone.png does not exist");
        assertThat(problem.problems().get(1)).startsWith("scene 5, image_url: empty.png is empty");
        assertThat(problem.problems().get(2)).startsWith("background_music, url: song.mp3 does not exist");
    }

    private BadInput problem(String content) throws IOException {
        var file = write(content);
        return catchThrowableOfType(BadInput.class, () -> StoryboardFile.read(file));
    }

    private Path write(String content) throws IOException {
        return Files.writeString(directory.resolve("storyboard.json"), content);
    }
}
