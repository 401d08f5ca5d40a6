package io.storyreel.worker.render;

import io.smallrye.faulttolerance.api.RateLimitException;
import io.storyreel.common.job.JobChange;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.storyboard.AspectRatio;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.media.SceneVisual;
import io.storyreel.worker.provider.ProviderOutageException;
import io.storyreel.worker.provider.ProviderRefusedException;
import io.storyreel.worker.provider.ProviderRefusedException.Reason;
import io.storyreel.worker.provider.TaskProgress.Verdict;
import io.storyreel.worker.run.JobFailure;
import org.eclipse.microprofile.faulttolerance.exceptions.CircuitBreakerOpenException;
import org.eclipse.microprofile.faulttolerance.exceptions.TimeoutException;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.assertj.core.api.Assertions.tuple;

/** What becomes of a scene whose provider is in trouble. */
class FallbackChainTest extends OnPostgres {
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
    void goes_to_the_next_provider_when_one_is_out_of_order_and_tells_why_and_for_how_much() {
        first.turnsAway = new ProviderOutageException("first answers 503", (Throwable) null);
        Storyboard story = studio.story(1, "a calm sea");
        RecordedRun run = studio.run(story, "second");

        assertThat(studio.animate(run, story)).singleElement().isInstanceOf(SceneVisual.Clip.class);

        assertThat(second.bought).hasSize(1);
        assertThat(studio.rows(run.job()))
                .extracting(row -> row.getString("provider"), row -> row.getString("state"))
                .containsExactly(tuple("first", "failed"), tuple("second", "succeeded"));
        assertThat(told(run)).contains("Scene 1 is made by second instead of first, for 0.1 USD: first answers 503");
    }

    @Test
    void goes_to_the_next_provider_when_a_circuit_is_open() {
        first.turnsAway = new CircuitBreakerOpenException("first");
        Storyboard story = studio.story(1, "a calm sea");
        RecordedRun run = studio.run(story, "second");

        studio.animate(run, story);

        assertThat(second.bought).hasSize(1);
        assertThat(told(run))
                .contains("Scene 1 is made by second instead of first, for 0.1 USD: first has failed too often and is"
                        + " left alone for a while");
    }

    @Test
    void goes_to_the_next_provider_when_a_task_takes_too_long_and_leaves_that_one_running() {
        first.standing = ClipMaker.running(Duration.ofMillis(5));
        first.patience = Duration.ofMillis(20);
        Storyboard story = studio.story(1, "a calm sea");
        RecordedRun run = studio.run(story, "second");

        studio.animate(run, story);

        assertThat(studio.rows(run.job()))
                .extracting(
                        row -> row.getString("provider"),
                        row -> row.getString("state"),
                        row -> row.getOffsetDateTime("look_at") != null)
                .containsExactly(tuple("first", "running", true), tuple("second", "succeeded", false));
        assertThat(first.canceled)
                .as("it is paid for: its result is of use later")
                .isEmpty();
    }

    @Test
    void goes_to_the_next_provider_when_one_has_left_us_without_an_answer_twice() {
        first.turnsAway = new TimeoutException("no answer");
        Storyboard story = studio.story(1, "a calm sea");
        RecordedRun run = studio.run(story, "second");

        studio.animate(run, story);

        assertThat(studio.rows(run.job()))
                .extracting(row -> row.getString("provider"), row -> row.getString("state"))
                .containsExactly(tuple("first", "lost"), tuple("first", "lost"), tuple("second", "succeeded"));
    }

    @Test
    void waits_for_a_provider_that_is_only_busy() {
        var orders = new AtomicInteger();
        first.turnsAway = new RateLimitException(1);
        first.turnedAway = wanted -> orders.getAndIncrement() == 0;
        Storyboard story = studio.story(1, "a calm sea");
        RecordedRun run = studio.run(story, "second");

        studio.animate(run, story);

        assertThat(first.bought).hasSize(1);
        assertThat(second.bought).isEmpty();
        assertThat(told(run)).contains("Scene 1 waits because first takes no more calls right now");
    }

    @Test
    void asks_nobody_else_for_what_one_has_refused() {
        first.turnsAway = new ProviderRefusedException(Reason.CONTENT, "first does not want this picture");
        Storyboard story = studio.story(1, "a calm sea");

        JobFailure failure = failure(studio.run(story, "second"), story);

        assertThat(failure.code()).isEqualTo("content_refused");
        assertThat(failure.isTransient()).isFalse();
        assertThat(failure).hasMessage("Scene 1: first does not want this picture");
        assertThat(failure.scene()).isEqualTo(1);
        assertThat(second.bought).isEmpty();
    }

    @Test
    void asks_nobody_else_for_what_one_has_refused_after_looking_at_it() {
        first.standing = ClipMaker.failed(Verdict.FINAL);
        Storyboard story = studio.story(1, "a calm sea");

        JobFailure failure = failure(studio.run(story, "second"), story);

        assertThat(failure.code()).isEqualTo("content_refused");
        assertThat(failure).hasMessage("Scene 1: the picture was refused");
        assertThat(first.bought).hasSize(1);
        assertThat(second.bought).isEmpty();
    }

    @Test
    void goes_to_the_next_provider_when_one_fails_again_and_again() {
        first.standing = ClipMaker.failed(Verdict.AGAIN);
        Storyboard story = studio.story(1, "a calm sea");
        RecordedRun run = studio.run(story, "second");

        studio.animate(run, story);

        assertThat(first.bought).hasSize(3);
        assertThat(second.bought).hasSize(1);
    }

    @Test
    void lets_only_those_scenes_go_elsewhere_that_met_the_outage() {
        first.turnsAway = new ProviderOutageException("first answers 503", (Throwable) null);
        first.turnedAway = wanted -> wanted.prompt().equals("a storm");
        Storyboard story = studio.story(1, "a calm sea", "a storm", "a harbour");
        RecordedRun run = studio.run(story, "second");

        studio.animate(run, story);

        assertThat(first.bought).extracting(wanted -> wanted.prompt()).containsOnly("a calm sea", "a harbour");
        assertThat(second.bought).extracting(wanted -> wanted.prompt()).containsExactly("a storm");
    }

    @Test
    void moves_the_camera_itself_when_everybody_else_is_out_of_order() {
        first.turnsAway = new ProviderOutageException("first answers 503", (Throwable) null);
        second.turnsAway = new ProviderOutageException("second answers 502", (Throwable) null);
        Storyboard story = studio.story(1, "a calm sea");
        RecordedRun run = studio.run(story, "second", "local");

        assertThat(studio.animate(run, story)).singleElement().isInstanceOf(SceneVisual.Still.class);

        assertThat(told(run))
                .containsSubsequence(
                        "Scene 1 is made by second instead of first, for 0.1 USD: first answers 503",
                        "Scene 1 is made by local instead of second, free of charge: second answers 502");
    }

    @Test
    void tries_again_later_when_nobody_is_left() {
        first.turnsAway = new ProviderOutageException("first answers 503", (Throwable) null);
        second.turnsAway = new ProviderOutageException("second answers 502", (Throwable) null);
        Storyboard story = studio.story(1, "a calm sea");

        JobFailure failure = failure(studio.run(story, "second"), story);

        assertThat(failure.isTransient()).isTrue();
        assertThat(failure).hasMessage("Scene 1: second answers 502");
    }

    @Test
    void passes_over_those_who_are_not_set_up_or_cannot_make_the_shape() {
        first.turnsAway = new ProviderOutageException("first answers 503", (Throwable) null);
        Storyboard story = studio.story(1, "a calm sea");

        second.offer = second.offer.without("SECOND_API_KEY is not set");
        assertThat(failure(studio.run(story, "second"), story)).hasMessage("Scene 1: first answers 503");
        second.offer =
                ProviderOffer.clips("second", "model-1", Map.of(2, ClipMaker.PRICE), Set.of(AspectRatio.SQUARE), null);
        assertThat(failure(studio.run(story, "second"), story)).hasMessage("Scene 1: first answers 503");

        assertThat(second.bought).isEmpty();
    }

    @Test
    void asks_nobody_twice_who_is_named_twice() {
        first.turnsAway = new ProviderOutageException("first answers 503", (Throwable) null);
        second.turnsAway = new ProviderOutageException("second answers 502", (Throwable) null);
        Storyboard story = studio.story(1, "a calm sea");
        RecordedRun run = studio.run(story, "second", "first", "second");

        failure(run, story);

        assertThat(studio.rows(run.job()))
                .extracting(row -> row.getString("provider"))
                .containsExactly("first", "second");
    }

    @Test
    void buys_nothing_of_a_provider_that_is_not_set_up() {
        first.offer = first.offer.without("FIRST_API_KEY is not set");
        Storyboard story = studio.story(1, "a calm sea");

        JobFailure failure = failure(studio.run(story, "second"), story);

        assertThat(failure.isTransient()).isFalse();
        assertThat(failure).hasMessage("first is not set up: FIRST_API_KEY is not set");
        assertThat(failure.scene()).isNull();
        assertThat(second.bought).isEmpty();
    }

    private JobFailure failure(RecordedRun run, Storyboard story) {
        return catchThrowableOfType(JobFailure.class, () -> studio.animate(run, story));
    }

    private static List<String> told(RecordedRun run) {
        return run.told.stream()
                .map(JobChange::position)
                .map(JobChange.Position::message)
                .toList();
    }
}
