package io.storyreel.api.storyboard;

import io.storyreel.api.storyboard.StoryboardState.LatestRender;
import io.storyreel.common.job.JobStatus;
import io.storyreel.common.scene.SceneTally;
import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;

class StoryboardProgressTest {
    private static final Instant NOW = Instant.parse("2026-11-21T12:00:00Z");
    private static final Duration USUAL = Duration.ofSeconds(90);

    @Test
    void a_render_takes_as_long_as_others_took_less_what_it_has_taken() {
        assertThat(left(running(NOW.minusSeconds(25)), USUAL)).isEqualTo(65);
        assertThat(left(running(NOW.minusSeconds(300)), USUAL)).isZero();
        assertThat(left(running(NOW), null)).isNull();
    }

    @Test
    void a_render_that_waits_for_a_worker_has_everything_before_it() {
        StoryboardProgress progress =
                StoryboardProgress.of(state(render(JobStatus.PENDING, true, null, null), true), USUAL, NOW);

        assertThat(progress.currentStage()).isEqualTo("queue");
        assertThat(progress.currentScene()).isNull();
        assertThat(progress.estimatedCompletionSeconds()).isEqualTo(90);
    }

    @Test
    void a_render_of_an_earlier_storyboard_says_nothing_of_this_one_once_it_has_ended() {
        StoryboardState changed = state(render(JobStatus.COMPLETED, false, "store", NOW), false);

        StoryboardProgress progress = StoryboardProgress.of(changed, USUAL, NOW);

        assertThat(progress.currentStage()).isEqualTo("approval");
        assertThat(progress.scenesCompleted()).isZero();
        assertThat(progress.estimatedCompletionSeconds()).isNull();
    }

    @Test
    void what_was_approved_and_canceled_waits_to_be_rendered() {
        StoryboardState canceled = state(render(JobStatus.CANCELED, true, "animate", NOW), true);

        assertThat(StoryboardProgress.of(canceled, USUAL, NOW).currentStage()).isEqualTo("render");
    }

    @Test
    void no_more_scenes_are_done_than_there_are() {
        LatestRender ofFive = new LatestRender(
                UUID.randomUUID(),
                JobStatus.PROCESSING,
                false,
                "local",
                "compose",
                "",
                5,
                4,
                null,
                1,
                null,
                null,
                null,
                null,
                NOW);

        StoryboardProgress progress = StoryboardProgress.of(state(ofFive, false), USUAL, NOW);

        assertThat(progress.scenesCompleted()).isEqualTo(3);
        assertThat(progress.scenesTotal()).isEqualTo(3);
    }

    private static Long left(StoryboardState state, Duration usual) {
        return StoryboardProgress.of(state, usual, NOW).estimatedCompletionSeconds();
    }

    private static StoryboardState running(Instant since) {
        return state(render(JobStatus.PROCESSING, true, "animate", since), true);
    }

    private static LatestRender render(JobStatus status, boolean ofThisStoryboard, String stage, Instant since) {
        return new LatestRender(
                UUID.randomUUID(),
                status,
                ofThisStoryboard,
                "local",
                stage,
                "a message",
                1,
                2,
                null,
                1,
                null,
                null,
                null,
                null,
                since);
    }

    private static StoryboardState state(LatestRender render, boolean approved) {
        List<Scene> scenes = IntStream.rangeClosed(1, 3)
                .mapToObj(number ->
                        new Scene(number, "https://example.com/" + number + ".jpg", null, 2.0, null, null, null, null))
                .toList();
        return new StoryboardState(
                UUID.randomUUID(),
                UUID.randomUUID(),
                null,
                new Storyboard(scenes, null, null, null, null),
                "digest",
                approved,
                approved ? NOW : null,
                NOW,
                NOW,
                render,
                false,
                null,
                0,
                SceneTally.NONE,
                null);
    }
}
