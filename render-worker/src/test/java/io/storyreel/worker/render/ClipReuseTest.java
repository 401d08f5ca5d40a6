package io.storyreel.worker.render;

import io.storyreel.common.job.JobChange;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.media.SceneVisual;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.RemoteFile;
import io.storyreel.worker.provider.TaskProgress.Succeeded;
import io.storyreel.worker.render.ClipStudio.Told;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import javax.imageio.ImageIO;
import java.awt.Color;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

/** Which clips are bought, and which are at hand from before. */
class ClipReuseTest extends OnPostgres {
    @TempDir
    Path directory;

    private ClipStudio studio;
    private ClipMaker first;
    private ClipMaker second;

    @BeforeEach
    void open() throws IOException {
        studio = new ClipStudio(postgres, directory);
        first = studio.first;
        second = studio.second;
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void buys_nothing_when_the_same_storyboard_is_rendered_again() {
        Storyboard story = studio.story(1, "a calm sea", "a storm");
        studio.animate(studio.run(story), story);
        RecordedRun again = studio.run(story);

        assertThat(studio.animate(again, story)).hasSize(2).hasOnlyElementsOfType(SceneVisual.Clip.class);

        assertThat(first.bought).hasSize(2);
        assertThat(studio.rows(again.job())).isEmpty();
    }

    @Test
    void buys_one_clip_when_one_scene_has_changed() {
        Storyboard before = studio.story(1, "a calm sea", "a storm", "a harbour");
        studio.animate(studio.run(before), before);
        Storyboard after = studio.story(1, "a calm sea", "a thunderstorm", "a harbour");

        studio.animate(studio.run(after), after);

        assertThat(first.bought).hasSize(4);
        assertThat(first.bought.get(3).prompt()).isEqualTo("a thunderstorm");
    }

    @Test
    void buys_nothing_when_only_the_order_of_the_scenes_has_changed() {
        Storyboard before = studio.story(1, "a calm sea", "a storm");
        studio.animate(studio.run(before), before);
        Storyboard after = studio.story(1, "a storm", "a calm sea");

        studio.animate(studio.run(after), after);

        assertThat(first.bought).hasSize(2);
    }

    @Test
    void buys_again_what_another_model_has_made() {
        Storyboard story = studio.story(1, "a calm sea");
        studio.animate(studio.run(story), story);
        first.offer =
                ProviderOffer.clips("first", "model-2", Map.of(ClipMaker.SECONDS, ClipMaker.PRICE), Set.of(), null);

        studio.animate(studio.run(story), story);

        assertThat(first.bought).hasSize(2);
    }

    @Test
    void buys_a_clip_again_whose_file_is_gone() throws IOException {
        Storyboard story = studio.story(1, "a calm sea", "a storm");
        studio.animate(studio.run(story), story);
        Files.delete(studio.store().path(boughtKey(0)));
        RecordedRun again = studio.run(story);

        studio.animate(again, story);

        assertThat(first.bought).hasSize(3);
        assertThat(studio.rows(again.job())).hasSize(1);
    }

    @Test
    void buys_once_what_two_scenes_show() {
        Storyboard story = studio.story(1, "a calm sea", "a storm", "a calm sea");
        RecordedRun run = studio.run(story);

        assertThat(studio.animate(run, story)).hasSize(3).hasOnlyElementsOfType(SceneVisual.Clip.class);

        assertThat(first.bought).extracting(wanted -> wanted.prompt()).containsOnlyOnce("a calm sea", "a storm");
        assertThat(studio.rows(run.job()))
                .extracting(row -> row.getInteger("scene"))
                .containsExactly(1, 2);
    }

    @Test
    void buys_only_the_end_of_a_scene_that_begins_like_another() {
        Storyboard story = studio.story(List.of(new Told(4, "a calm sea"), new Told(2, "a calm sea")));
        RecordedRun run = studio.run(story);

        assertThat(studio.animate(run, story))
                .extracting(visual -> visual.files().size())
                .containsExactly(2, 1);

        assertThat(studio.rows(run.job()))
                .extracting(row -> row.getInteger("scene"), row -> row.getInteger("part"))
                .containsExactly(tuple(1, 0), tuple(1, 1));
    }

    @Test
    void buys_once_of_a_fallback_what_two_scenes_show() {
        first.turnsAway = new ProviderOutageException("first answers 503", (Throwable) null);
        Storyboard story = studio.story(1, "a calm sea", "a calm sea");

        assertThat(studio.animate(studio.run(story, "second"), story)).hasSize(2);

        assertThat(second.bought).hasSize(1);
    }

    @Test
    void does_not_use_what_another_workspace_has_bought() {
        Storyboard story = studio.story(1, "a calm sea");
        studio.animate(studio.run(UUID.randomUUID(), story), story);

        studio.animate(studio.run(story), story);

        assertThat(first.bought).hasSize(2);
    }

    @Test
    void uses_what_a_fallback_has_made_before() {
        Storyboard story = studio.story(1, "a calm sea");
        first.turnsAway = new ProviderOutageException("first answers 503", (Throwable) null);
        studio.animate(studio.run(story, "second"), story);
        first.turnsAway = null;

        studio.animate(studio.run(story, "second"), story);

        assertThat(first.bought).isEmpty();
        assertThat(second.bought).hasSize(1);
    }

    @Test
    void uses_what_came_when_nobody_waited_for_it_any_more() {
        Storyboard story = studio.story(1, "a calm sea");
        first.standing = ClipMaker.running(Duration.ofMillis(5));
        first.patience = Duration.ofMillis(20);
        RecordedRun impatient = studio.run(story);
        assertThatThrownBy(() -> studio.animate(impatient, story)).hasMessageContaining("ran at first for more than");
        first.standing = null;
        studio.lookAfterLateResults(impatient.job());

        RecordedRun next = studio.run(story);
        studio.animate(next, story);

        assertThat(first.bought).hasSize(1);
        assertThat(studio.rows(next.job())).isEmpty();
        assertThat(studio.rows(impatient.job()))
                .singleElement()
                .satisfies(row -> assertThat(row.getBigDecimal("cost_actual")).isEqualByComparingTo(ClipMaker.PRICE));
    }

    @Test
    void uses_the_late_clip_of_the_first_though_a_fallback_has_made_the_scene() {
        Storyboard story = studio.story(1, "a calm sea");
        first.standing = ClipMaker.running(Duration.ofMillis(5));
        first.patience = Duration.ofMillis(20);
        RecordedRun impatient = studio.run(story, "second");
        studio.animate(impatient, story);
        first.standing = null;
        studio.lookAfterLateResults(impatient.job());

        studio.animate(studio.run(story), story);

        assertThat(first.bought).hasSize(1);
        assertThat(second.bought).hasSize(1);
    }

    @Test
    void asks_the_first_again_when_what_a_fallback_has_made_is_gone() throws IOException {
        Storyboard story = studio.story(1, "a calm sea");
        first.turnsAway = new ProviderOutageException("first answers 503", (Throwable) null);
        studio.animate(studio.run(story, "second"), story);
        first.turnsAway = null;
        Files.delete(studio.store().path(boughtKey(0)));

        studio.animate(studio.run(story, "second"), story);

        assertThat(first.bought).hasSize(1);
        assertThat(second.bought).hasSize(1);
    }

    @Test
    void makes_a_long_scene_of_several_clips_each_of_which_begins_where_the_one_before_ends() throws IOException {
        Storyboard story = studio.story(5, "a calm sea");
        RecordedRun run = studio.run(story);

        assertThat(studio.animate(run, story)).singleElement().satisfies(visual -> assertThat(visual.files())
                .hasSize(3));

        assertThat(first.bought).hasSize(3);
        assertThat(middle(first.bought.get(0).image()).getRed())
                .as("the scene's picture")
                .isGreaterThan(200);
        assertThat(middle(first.bought.get(1).image()).getBlue())
                .as("the last frame of the first clip")
                .isGreaterThan(200);
        assertThat(studio.rows(run.job()))
                .extracting(row -> row.getInteger("part"))
                .containsExactly(0, 1, 2);
    }

    @Test
    void tells_of_a_long_scene_how_far_all_of_it_is() {
        Storyboard story = studio.story(3, "a calm sea");
        var asked = new int[1];
        RecordedRun run = studio.run(story);
        first.each = () -> ++asked[0] % 2 == 1 ? ClipMaker.running(Duration.ZERO) : first.made();

        studio.animate(run, story);

        assertThat(run.told.stream()
                        .map(JobChange::position)
                        .filter(position -> "animate".equals(position.stage()))
                        .map(JobChange.Position::progress))
                .as("40 % of the first half, 40 % of the second half, done; animating is 25 to 55")
                .containsSubsequence(31, 46, 55);
    }

    @Test
    void buys_only_the_end_of_a_scene_that_was_made_longer() {
        Storyboard before = studio.story(2, "a calm sea");
        studio.animate(studio.run(before), before);
        Storyboard after = studio.story(4, "a calm sea");

        studio.animate(studio.run(after), after);

        assertThat(first.bought).hasSize(2);
    }

    @Test
    void keeps_nothing_that_is_no_video() throws IOException {
        Files.writeString(directory.resolve("page.html"), "<html>" + "x".repeat(2_000));
        first.each = () -> new Succeeded<>("SUCCEEDED", RemoteFile.at(studio.address("page.html")), ClipMaker.PRICE);
        Storyboard story = studio.story(1, "a calm sea");
        RecordedRun run = studio.run(story, "second");

        assertThatThrownBy(() -> studio.animate(run, story))
                .hasMessageContaining("What the provider made is of no use")
                .hasMessageContaining("an HTML page");

        assertThat(studio.rows(run.job())).singleElement().satisfies(row -> {
            assertThat(row.getString("state")).isEqualTo("failed");
            assertThat(row.getBigDecimal("cost_actual")).isEqualByComparingTo(ClipMaker.PRICE);
        });
        assertThat(studio.store().puts).noneMatch(key -> key.startsWith("clips/"));
    }

    private String boughtKey(int place) {
        return studio.store().puts.stream()
                .filter(key -> key.contains("clip"))
                .distinct()
                .toList()
                .get(place);
    }

    private static Color middle(String dataUrl) throws IOException {
        byte[] jpeg = Base64.getDecoder().decode(dataUrl.substring(dataUrl.indexOf(',') + 1));
        var image = ImageIO.read(new ByteArrayInputStream(jpeg));
        return new Color(image.getRGB(image.getWidth() / 2, image.getHeight() / 2));
    }
}
