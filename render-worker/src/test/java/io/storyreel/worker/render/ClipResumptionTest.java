package io.storyreel.worker.render;

import io.storyreel.common.storage.ObjectKeys;
import io.storyreel.common.storyboard.Storyboard;
import io.storyreel.worker.OnPostgres;
import io.storyreel.worker.RealPostgres;
import io.storyreel.worker.media.SceneVisual;
import io.storyreel.worker.provider.ProviderOutageException;
import io.vertx.mutiny.sqlclient.Tuple;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.awaitility.Awaitility.await;

/** A worker dies at every point of a purchase, and the next one goes on. */
class ClipResumptionTest extends OnPostgres {
    @TempDir
    Path directory;

    private ClipStudio studio;
    private ClipMaker first;
    private Storyboard story;
    private RecordedRun run;

    @BeforeEach
    void open() throws IOException {
        studio = new ClipStudio(postgres, directory);
        first = studio.first;
        story = studio.story(1, "a calm sea");
        run = studio.run(story, "second");
    }

    @AfterEach
    void close() {
        studio.close();
    }

    @Test
    void buys_once_after_a_crash_before_the_order() {
        crashWith("begun", () -> first.deaf = true);

        resume();

        assertThat(first.bought).hasSize(1);
    }

    @Test
    void finds_its_order_again_after_a_crash_before_the_answer() {
        first.findable = true;
        crashWith("begun", () -> first.silent = true);

        resume();

        assertThat(first.bought).hasSize(1);
        assertThat(studio.rows(run.job()))
                .extracting(row -> row.getString("state"), row -> row.getString("provider_task_id"))
                .containsExactly(tuple("succeeded", "first-1"));
    }

    @Test
    void orders_once_more_and_says_so_after_a_crash_before_the_answer_of_one_who_cannot_be_asked() {
        crashWith("begun", () -> first.silent = true);

        resume();

        assertThat(first.bought).as("unavoidable: it has no keys and no lists").hasSize(2);
        assertThat(studio.rows(run.job()))
                .extracting(row -> row.getString("state"))
                .containsExactly("lost", "succeeded");
    }

    @Test
    void orders_no_third_time_where_two_orders_went_unheard_in_whichever_run() {
        run = studio.run(story);
        crashWith("begun", () -> first.silent = true);
        crashAgain();
        assertThatThrownBy(this::resume).hasMessageContaining("first has left us without an answer more than once");
        assertThatThrownBy(this::resume).hasMessageContaining("first has left us without an answer more than once");

        assertThat(first.bought).hasSize(2);
    }

    @Test
    void a_fallback_makes_what_two_orders_to_the_first_went_unheard_for() {
        crashWith("begun", () -> first.silent = true);
        crashAgain();

        resume();

        assertThat(first.bought).hasSize(2);
        assertThat(studio.second.bought).hasSize(1);
    }

    @Test
    void waits_on_for_a_running_task_after_a_crash() {
        crashWith("running", () -> first.standing = ClipMaker.running(Duration.ofSeconds(30)));

        resume();

        assertThat(first.bought).hasSize(1);
        assertThat(studio.rows(run.job()))
                .extracting(row -> row.getString("state"), row -> row.getString("provider_task_id"))
                .containsExactly(tuple("succeeded", "first-1"));
    }

    @Test
    void fetches_again_what_was_fetched_but_not_written_down() {
        studio.animate(run, story);
        postgres.execute(
                "update provider_task set state = 'running', result = null, cost_actual = null, ended_at = null"
                        + " where job_id = $1",
                Tuple.of(run.job().id()));
        run.steps.keySet().removeIf(step -> step.startsWith("animate"));

        resume();

        assertThat(first.bought).hasSize(1);
        assertThat(studio.rows(run.job())).singleElement().satisfies(row -> {
            assertThat(row.getString("state")).isEqualTo("succeeded");
            assertThat(row.getBigDecimal("cost_actual")).isEqualByComparingTo(ClipMaker.PRICE);
        });
    }

    @Test
    void uses_what_was_written_down_before_the_step_was() {
        studio.animate(run, story);
        run.steps.keySet().removeIf(step -> step.startsWith("animate"));

        resume();

        assertThat(first.bought).hasSize(1);
    }

    @Test
    void buys_again_what_was_written_down_and_is_gone() throws IOException {
        studio.animate(run, story);
        run.steps.keySet().removeIf(step -> step.startsWith("animate"));
        Files.delete(studio.store().path(ObjectKeys.bought("clip", digest())));

        resume();

        assertThat(first.bought).hasSize(2);
        assertThat(studio.rows(run.job()))
                .as("what was charged for the first one stays in the books")
                .extracting(row -> row.getString("state"), row -> row.getBigDecimal("cost_actual")
                        .compareTo(ClipMaker.PRICE))
                .containsExactly(tuple("failed", 0), tuple("succeeded", 0));
    }

    @Test
    void waits_on_for_the_one_clip_that_two_scenes_show() {
        story = studio.story(1, "a calm sea", "a calm sea");
        run = studio.run(story);
        crashWith("running", () -> first.standing = ClipMaker.running(Duration.ofSeconds(30)));

        resume();

        assertThat(first.bought).hasSize(1);
    }

    @Test
    void goes_on_in_the_middle_of_a_long_scene() {
        story = studio.story(5, "a calm sea");
        run = studio.run(story);
        first.each = () -> first.bought.size() < 2 ? first.made() : ClipMaker.running(Duration.ofSeconds(30));
        var crashed = studio.begin(run, story);
        await().atMost(RealPostgres.LIMIT)
                .until(() -> studio.rows(run.job()).size() == 2
                        && studio.rows(run.job()).get(1).getString("state").equals("running"));
        crashed.cancel(true);
        first.each = null;

        resume();

        assertThat(first.bought).hasSize(3);
        assertThat(studio.rows(run.job()))
                .extracting(row -> row.getInteger("part"), row -> row.getString("state"))
                .containsExactly(tuple(0, "succeeded"), tuple(1, "succeeded"), tuple(2, "succeeded"));
    }

    @Test
    void takes_a_task_up_again_that_was_left_to_itself() {
        first.standing = ClipMaker.running(Duration.ofMillis(5));
        first.patience = Duration.ofMillis(20);
        run = studio.run(story);
        assertThatThrownBy(() -> studio.animate(run, story)).hasMessageContaining("ran at first for more than");
        first.standing = null;

        resume();

        assertThat(first.bought).hasSize(1);
        assertThat(studio.rows(run.job()))
                .extracting(row -> row.getString("state"), row -> row.getOffsetDateTime("look_at"))
                .containsExactly(tuple("succeeded", null));
    }

    @Test
    void does_not_go_back_to_the_first_when_a_fallback_was_at_work() {
        first.turnsAway = new ProviderOutageException("first answers 503", (Throwable) null);
        studio.second.standing = ClipMaker.running(Duration.ofSeconds(30));
        var crashed = studio.begin(run, story);
        await().atMost(RealPostgres.LIMIT).until(() -> studio.rows(run.job()).stream()
                .anyMatch(row -> row.getString("state").equals("running")));
        crashed.cancel(true);
        first.turnsAway = null;
        studio.second.standing = null;

        resume();

        assertThat(studio.second.bought).hasSize(1);
        assertThat(first.bought).as("what runs elsewhere is paid for").isEmpty();
    }

    @Test
    void takes_a_task_up_again_that_a_fallback_was_left_with() {
        first.turnsAway = new ProviderOutageException("first answers 503", (Throwable) null);
        studio.second.standing = ClipMaker.running(Duration.ofMillis(5));
        studio.second.patience = Duration.ofMillis(20);
        assertThatThrownBy(() -> studio.animate(run, story)).hasMessageContaining("ran at second for more than");
        first.turnsAway = null;
        studio.second.standing = null;

        resume();

        assertThat(studio.second.bought).hasSize(1);
        assertThat(first.bought).as("what runs elsewhere is paid for").isEmpty();
    }

    /** The worker dies when the ledger has the attempt in this state. */
    private void crashWith(String state, Runnable trouble) {
        trouble.run();
        var crashed = studio.begin(run, story);
        await().atMost(RealPostgres.LIMIT)
                .until(() -> crashed.isDone()
                        || !studio.rows(run.job()).isEmpty()
                                && studio.rows(run.job())
                                        .get(0)
                                        .getString("state")
                                        .equals(state)
                                && (!first.silent || first.bought.size() == 1));
        crashed.cancel(true);
    }

    /** The next worker hands the task over once more, and dies of it too. */
    private void crashAgain() {
        studio.restart();
        run = run.resumed();
        var crashed = studio.begin(run, story);
        await().atMost(RealPostgres.LIMIT).until(() -> first.bought.size() == 2);
        crashed.cancel(true);
    }

    private void resume() {
        first.silent = false;
        first.deaf = false;
        first.standing = null;
        studio.restart();
        run = run.resumed();
        assertThat(studio.animate(run, story))
                .hasSameSizeAs(story.scenes())
                .hasOnlyElementsOfType(SceneVisual.Clip.class);
    }

    private String digest() {
        return studio.rows(run.job()).get(0).getString("digest");
    }
}
