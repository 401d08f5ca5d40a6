package io.storyreel.system;

import io.storyreel.local.simulator.task.Pace;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Everything goes wrong at once, and nothing is paid twice without our knowing. The size is that of {@code mvn verify};
 * {@code -Dstoryreel.chaos.renders=60 -Dstoryreel.chaos.kills=5} is the whole thing.
 */
class ChaosIT {
    private static final System.Logger LOG = System.getLogger(ChaosIT.class.getName());
    private static final int RENDERS = Integer.getInteger("storyreel.chaos.renders", 8);
    private static final int KILLS = Integer.getInteger("storyreel.chaos.kills", 2);
    private static final long SEED = Long.getLong("storyreel.chaos.seed", 1);

    /** What the simulated providers can really have done to a render. */
    private static final Set<String> REASONS = Set.of(
            "provider_unavailable",
            "provider_timed_out",
            "provider_busy",
            "provider_failed",
            "provider_refused",
            "content_refused",
            "broken_result",
            "circuit_open",
            "speech_unavailable",
            "speech_lost",
            "speech_refused",
            "worker_lost");

    /** Where our users see how often something may have been paid for twice. */
    private static final List<String> COUNTED =
            List.of("storyreel_provider_outcomes_unknown_total", "storyreel_provider_resubmissions_total");

    @TempDir
    static Path directory;

    private static RunningPair pair;

    @BeforeAll
    static void start() throws Exception {
        Pace pace = Pace.exactly(Duration.ofMillis(300), Duration.ofMillis(900)).withConcurrency(3);
        pair = new RunningPair(directory, 1, pace, Impatience.whenItBreaks()).start();
    }

    @AfterAll
    static void stop() {
        pair.close();
    }

    @Test
    void renders_end_with_a_true_reason_and_the_books_agree_to_the_cent() throws Exception {
        Ledger ledger = new Ledger(pair);
        Chaos chaos = new Chaos(pair);
        chaos.providersFail(0.2, SEED);
        chaos.renders(RENDERS);

        chaos.kill(KILLS);
        try {
            chaos.awaitEnd();
            pair.simulator.clearFaults();
            chaos.awaitLateResults();
        } finally {
            LOG.log(System.Logger.Level.INFO, report(chaos, ledger));
        }

        Map<String, List<String>> failures = chaos.failures();
        assertThat(chaos.kills()).isEqualTo(KILLS);
        assertThat(failures.keySet()).isSubsetOf(REASONS);
        assertThat(failures.values())
                .allSatisfy(messages -> assertThat(messages).noneMatch(String::isBlank));
        for (Ledger.Books books : books(ledger)) {
            books.assertAgree();
        }
        for (SpokenLedger.Books voices : voices(chaos, ledger)) {
            voices.assertAgree();
        }
    }

    private static List<Ledger.Books> books(Ledger ledger) throws SQLException {
        List<Ledger.Books> books = new ArrayList<>();
        for (String provider : Ledger.BOOKS.keySet()) {
            books.add(ledger.compare(provider));
        }
        return books;
    }

    private static List<SpokenLedger.Books> voices(Chaos chaos, Ledger ledger) throws SQLException {
        return new SpokenLedger(pair, ledger, chaos::jobThatSays).compare();
    }

    private static String report(Chaos chaos, Ledger ledger) throws Exception {
        Map<String, List<String>> failures = chaos.failures();
        List<Ledger.Books> books = books(ledger);
        var text = new StringBuilder("%d renders, %d kills, %d failed%n"
                .formatted(
                        chaos.jobs().size(),
                        chaos.kills(),
                        failures.values().stream().mapToInt(List::size).sum()));
        failures.forEach(
                (code, messages) -> messages.forEach(message -> text.append("  %s: %s%n".formatted(code, message))));
        books.forEach(each -> each.again()
                .forEach(attempts -> text.append("  charged more than once:%n    %s%n"
                        .formatted(String.join(String.format("%n    "), attempts)))));
        books.forEach(each ->
                text.append(("  %s: %d purchases, %s USD charged, %s USD booked, %s USD possible, %d attempts given up,"
                                + " %d purchases unknown to us (%s USD), %d scenes charged more than once%n")
                        .formatted(
                                each.provider(),
                                each.purchases(),
                                each.charged(),
                                each.booked(),
                                each.possible(),
                                each.lost(),
                                each.unknown().size(),
                                each.unknownCharged(),
                                each.again().size())));
        for (SpokenLedger.Books voices : voices(chaos, ledger)) {
            text.append("  %s%n".formatted(voices));
            voices.lines().stream()
                    .filter(line -> !line.agrees() || line.attempt().isUnknown())
                    .forEach(line -> text.append("    %s%n".formatted(line)));
            voices.again().forEach(story -> text.append("    bought again: %s%n".formatted(story)));
            voices.strangers().forEach(call -> text.append("    no attempt of ours: %s%n".formatted(call)));
        }
        ledger.attempts().stream()
                .filter(attempt -> Set.of("begun", "running").contains(attempt.state()))
                .forEach(open -> text.append("  still open: %s%n".formatted(open)));
        for (String metric : COUNTED) {
            text.append("  %s %s%n".formatted(metric, chaos.counted(metric)));
        }
        return text.toString();
    }
}
