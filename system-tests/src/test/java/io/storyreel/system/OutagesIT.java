package io.storyreel.system;

import com.fasterxml.jackson.databind.node.ObjectNode;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.awt.Color;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Whatever goes down in the middle of the work: nothing is lost, doubled or left hanging. */
class OutagesIT {
    @TempDir
    static Path directory;

    private static RunningPair pair;

    @BeforeAll
    static void start() throws Exception {
        // Few slots, so that jobs wait, run and end at the same time.
        pair = new RunningPair(
                        directory,
                        2,
                        Map.of(
                                "STORYREEL_WORKER_SLOTS", "8",
                                "STORYREEL_WORKER_LEASE", "6s",
                                "STORYREEL_WORKER_HEARTBEAT", "1s",
                                "STORYREEL_WORKER_RETRY_DELAYS", "2s,5s",
                                "STORYREEL_MOCK_DURATION_MIN", "2s",
                                "STORYREEL_MOCK_DURATION_MAX", "4s"))
                .start();
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @BeforeEach
    void everything_runs() throws Exception {
        if (!pair.workers.get(0).isRunning()) {
            pair.workers.get(0).start();
        }
        assertThat(pair.api.isRunning() && pair.redis.isRunning() && pair.postgres.isRunning() && pair.s3.isRunning())
                .isTrue();
    }

    @Test
    void a_worker_killed_and_restarted_loses_and_doubles_nothing() throws Exception {
        try (FortyJobs jobs = FortyJobs.start(pair)) {
            jobs.awaitMiddle();

            pair.workers.get(0).kill9();
            pair.workers.get(0).start();

            jobs.awaitAllCompleted();
            jobs.assertExactlyOnce();
        }
    }

    @Test
    void redis_emptied_and_then_restarted_loses_nothing() throws Exception {
        try (FortyJobs jobs = FortyJobs.start(pair)) {
            jobs.awaitMiddle();

            pair.redis.flushAll();
            long before = jobs.completed();
            await().atMost(RunningPair.LIMIT).until(() -> jobs.completed() > before);
            pair.redis.restart();

            jobs.awaitAllCompleted();
            jobs.assertExactlyOnce();
        }
    }

    @Test
    void postgres_restarted_loses_nothing() throws Exception {
        try (FortyJobs jobs = FortyJobs.start(pair)) {
            jobs.awaitMiddle();

            pair.postgres.restart();

            jobs.awaitAllCompleted();
            jobs.assertExactlyOnce();
        }
    }

    @Test
    void an_object_store_away_for_twenty_seconds_while_videos_are_stored_costs_nothing_but_time() throws Exception {
        Films films = new Films(pair);
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 3; i++) {
            ObjectNode film = films.storyboard("Stored late " + i);
            Films.addScene(film, films.upload(films.picture(Color.getHSBColor(i / 3f, 1, 1), 640, 360)), 2, "none");
            jobs.add(films.render(films.create(film), "local"));
        }
        await().atMost(RunningPair.LIMIT).until(() -> reached("compose", jobs) > 0);

        pair.s3.stop();
        Instant back = Instant.now().plus(Duration.ofSeconds(20));
        await().atMost(Duration.ofSeconds(40)).until(() -> Instant.now().isAfter(back));
        assertThat(pair.count("select count(*) from job where status = 'completed' and id in (" + quoted(jobs) + ")"))
                .isLessThan(jobs.size());
        pair.s3.start();

        for (String job : jobs) {
            await().atMost(RunningPair.LIMIT)
                    .until(() -> films.job(job).get("status").asText(), "completed"::equals);
        }
    }

    @Test
    void an_api_killed_in_the_middle_is_resumed_by_its_watchers() throws Exception {
        try (FortyJobs jobs = FortyJobs.start(pair)) {
            jobs.awaitMiddle();

            pair.api.kill9();
            pair.api.start();

            jobs.awaitAllCompleted();
            jobs.assertExactlyOnce();
        }
    }

    @Test
    void a_worker_told_to_stop_hands_its_jobs_back_at_once() throws Exception {
        try (FortyJobs jobs = FortyJobs.start(pair)) {
            jobs.awaitMiddle();

            pair.workers.get(0).stop();

            assertThat(pair.count("select count(*) from worker_lease where alive_until > now()"))
                    .as("living workers right after the stop")
                    .isEqualTo(1);
            pair.workers.get(0).start();
            jobs.awaitAllCompleted();
            jobs.assertExactlyOnce();
        }
    }

    private static long reached(String stage, List<String> jobs) throws Exception {
        return pair.count("select count(*) from job where (stage = '" + stage + "' or progress > 60) and id in ("
                + quoted(jobs) + ")");
    }

    private static String quoted(List<String> jobs) {
        return "'" + String.join("','", jobs) + "'";
    }
}
