package io.storyreel.system;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.storyreel.local.server.ServiceProcess;

import java.awt.Color;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;

import static org.awaitility.Awaitility.await;

/** Renders over all providers, each of which fails every so often in every way there is, and a worker that is killed. */
final class Chaos {
    private static final String[] PROVIDERS = {"runway", "pika", "replicate", "custom"};
    private static final List<String> FALLBACK = List.of("runway", "pika", "replicate", "local");

    /** Calls that take longer than our patience, but not as long as they would in earnest. */
    private static final double SLOW_SECONDS = 3;

    private final RunningPair pair;
    private final Films films;
    private final List<String> jobs = new ArrayList<>();
    private int purchases;
    private final Counters counters;
    private int kills;

    Chaos(RunningPair pair) {
        this.pair = pair;
        this.counters = new Counters(pair.workers.get(0));
        this.films = new Films(pair);
    }

    /** @param share of all calls that fail, 0 to 1 */
    void providersFail(double share, long seed) {
        ObjectNode faults = Films.JSON.createObjectNode();
        List<String> vendors = new ArrayList<>(SpokenLedger.SPEAKERS);
        for (String provider : PROVIDERS) {
            vendors.add(Ledger.BOOKS.get(provider));
        }
        for (String vendor : vendors) {
            faults.putObject(vendor)
                    .putObject("rate")
                    .put("probability", share)
                    .put("faults", "all")
                    .put("seconds", SLOW_SECONDS)
                    .put("seed", seed++);
        }
        pair.simulator.faults(faults.toString());
    }

    /** Takes providers in turn; every other render may go on to others. */
    void renders(int count) throws Exception {
        String[] pictures = {
            films.upload(films.picture(Color.RED.darker(), 640, 360)),
            films.upload(films.picture(Color.GREEN.darker(), 640, 360))
        };
        for (int i = 0; i < count; i++) {
            ObjectNode film = films.storyboard("Chaos " + i);
            String provider = PROVIDERS[i % PROVIDERS.length];
            // No two alike, so that what is bought twice is not two renders' own: lengths, where words are not sent.
            double seconds = "custom".equals(provider) ? 1 + (i + 1) / 100.0 : 2;
            for (int scene = 0; scene < pictures.length; scene++) {
                Films.addScene(film, pictures[scene], seconds, "none")
                        .put("description", "Render " + i + ", scene " + scene);
            }
            if (!"custom".equals(provider)) {
                film.withArray("script").addObject().put("text", text(i));
            }
            ObjectNode wish = Films.JSON.createObjectNode().put("provider", provider);
            var fallback = wish.putArray("fallback");
            if (i / PROVIDERS.length % 2 == 1 && !"custom".equals(provider)) {
                FALLBACK.stream().filter(other -> !other.equals(provider)).forEach(fallback::add);
            }
            purchases += "custom".equals(provider) ? 1 : pictures.length;
            jobs.add(films.render(films.create(film), wish));
        }
    }

    /** No two alike, so that it can be said whom a voice was bought for. */
    private static String text(int film) {
        return "This is film " + film + ".";
    }

    /** The render that says it. */
    String jobThatSays(String text) {
        return IntStream.range(0, jobs.size())
                .filter(film -> text(film).equals(text))
                .mapToObj(jobs::get)
                .findFirst()
                .orElse("none");
    }

    /** Kills the worker and starts it again, so many times while one purchase after another comes to its end. */
    void kill(int times) throws Exception {
        ServiceProcess worker = pair.workers.get(0);
        for (int i = 0; i < times; i++) {
            long settled = (long) purchases * i / (times + 1);
            await().atMost(RunningPair.LIMIT.multipliedBy(2))
                    .until(() -> ended() == jobs.size() || settled() >= settled && busy());
            counters.readLast();
            worker.kill9();
            kills++;
            worker.start();
        }
    }

    void awaitEnd() {
        await().atMost(RunningPair.LIMIT.multipliedBy(5)).until(() -> ended() == jobs.size());
    }

    /** Until whatever providers still do for us is known, or given up. */
    void awaitLateResults() {
        await().atMost(RunningPair.LIMIT)
                .until(() -> pair.count("select count(*) from provider_task where state in ('begun', 'running')") == 0);
    }

    /** Failures in our users' words, by code. */
    Map<String, List<String>> failures() throws Exception {
        Map<String, List<String>> failures = new TreeMap<>();
        for (String id : jobs) {
            JsonNode job = films.job(id);
            if (!"completed".equals(job.get("status").asText())) {
                failures.computeIfAbsent(job.path("error_code").asText(), code -> new ArrayList<>())
                        .add(job.path("provider").asText() + ": "
                                + job.path("error_message").asText());
            }
        }
        return failures;
    }

    List<String> jobs() {
        return jobs;
    }

    /** What the workers have counted of it, as far as it was read before each was killed. */
    Map<String, Double> counted(String metric) throws Exception {
        return counters.total(metric);
    }

    int kills() {
        return kills;
    }

    private long ended() throws SQLException {
        return pair.count("select count(*) from job where status in ('completed', 'failed')");
    }

    private long settled() throws SQLException {
        return pair.count("select count(*) from provider_task where state not in ('begun', 'running')");
    }

    /** The worst moment: something is bought, or about to be. */
    private boolean busy() throws SQLException {
        return pair.count("select count(*) from provider_task where state in ('begun', 'running')") >= 2;
    }
}
