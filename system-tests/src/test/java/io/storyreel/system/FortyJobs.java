package io.storyreel.system;

import com.fasterxml.jackson.databind.node.ObjectNode;

import java.awt.Color;
import java.net.URI;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.stream.IntStream;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/** Forty mock renders of every priority under way, each watched by a browser on a bad line. */
final class FortyJobs implements AutoCloseable {
    static final int COUNT = 40;

    private static final List<String> PRIORITIES = List.of("low", "normal", "high");

    private final RunningPair pair;
    private final Map<String, WatchedJob> watched = new LinkedHashMap<>();
    private final ExecutorService browsers = Executors.newFixedThreadPool(COUNT);

    private FortyJobs(RunningPair pair) {
        this.pair = pair;
    }

    static FortyJobs start(RunningPair pair) throws Exception {
        FortyJobs jobs = new FortyJobs(pair);
        Films films = new Films(pair);
        String picture = films.upload(films.picture(Color.ORANGE, 320, 180));
        for (int i = 0; i < COUNT; i++) {
            ObjectNode film = films.storyboard("Film " + i);
            Films.addScene(film, picture, 2, "none");
            String job = films.render(
                    films.create(film),
                    Films.JSON
                            .createObjectNode()
                            .put("provider", "mock")
                            .put("priority", PRIORITIES.get(i % PRIORITIES.size())));
            URI stream = URI.create(pair.api.url() + pair.base() + "/render/jobs/" + job + "/events");
            WatchedJob watch = new WatchedJob(stream, pair.token);
            jobs.watched.put(job, watch);
            jobs.browsers.execute(watch);
        }
        return jobs;
    }

    /** Waits until some are done, some run and some still wait: the moment in which most can go wrong. */
    void awaitMiddle() throws SQLException {
        await().atMost(RunningPair.LIMIT).until(() -> completed() >= 3);
        assertThat(completed()).as("completed when the trouble begins").isLessThan(COUNT);
    }

    long completed() throws SQLException {
        return pair.count("select count(*) from job where status = 'completed' and id in (" + ids() + ")");
    }

    void awaitAllCompleted() {
        await().atMost(RunningPair.LIMIT)
                .ignoreExceptionsMatching(failure -> failure instanceof SQLException)
                .until(() -> completed() == COUNT);
        await().atMost(RunningPair.LIMIT).until(() -> watched.values().stream().allMatch(WatchedJob::ended));
    }

    /** Exactly once: one final event, one purchase, a history without gaps, and every watcher saw all of it in order. */
    void assertExactlyOnce() throws SQLException {
        assertThat(pair.count("select count(*) from job_event where type in ('completed', 'failed', 'canceled')"
                        + " and job_id in (" + ids() + ")"))
                .as("final events")
                .isEqualTo(COUNT);
        assertThat(pair.count("select count(*) from provider_task where job_id in (" + ids() + ")"))
                .as("tasks submitted to the provider")
                .isEqualTo(COUNT);
        List<String> wrong = new ArrayList<>();
        for (Map.Entry<String, WatchedJob> entry : watched.entrySet()) {
            long last = pair.count("select last_event from job where id = '" + entry.getKey() + "'");
            List<Integer> all = IntStream.rangeClosed(1, (int) last).boxed().toList();
            if (!entry.getValue().numbers().equals(all)) {
                wrong.add(entry.getKey() + " saw " + entry.getValue().numbers() + " of " + last);
            }
            assertThat(entry.getValue().lastName()).isEqualTo("completed");
        }
        assertThat(wrong).as("streams with gaps, doubles or disorder").isEmpty();
    }

    private String ids() {
        return "'" + String.join("','", watched.keySet()) + "'";
    }

    @Override
    public void close() {
        watched.values().forEach(WatchedJob::giveUp);
        browsers.shutdownNow();
    }
}
