package io.storyreel.system;

import io.storyreel.local.simulator.log.CallEntry;

import java.math.BigDecimal;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import static org.assertj.core.api.Assertions.assertThat;

/** Our ledger beside the simulated providers' books: every charge there is a row here, to the cent. */
final class Ledger {
    /** The simulator's names of our providers. */
    static final Map<String, String> BOOKS =
            Map.of("runway", "runway", "pika", "fal", "replicate", "replicate", "custom", "custom");

    private static final String PAID = "from provider_task where provider not in ('mock', 'local')";

    private final RunningPair pair;
    private final long earlier;

    /**
     * One attempt.
     *
     * @param task the provider's id; null if it never told
     * @param estimate of what it may cost, in USD
     * @param cost what was charged, in USD; null if that is not known
     * @param possible what may have been charged although nobody knows, in USD
     * @param sent when it left; null if it never did
     */
    record Attempt(
            String provider,
            String task,
            String state,
            BigDecimal estimate,
            BigDecimal cost,
            BigDecimal possible,
            String job,
            int scene,
            int attempt,
            Instant sent,
            String error) {

        boolean isUnknown() {
            return possible.signum() > 0;
        }
    }

    /**
     * One provider's books and ours.
     *
     * @param possible what may have been charged besides, as we show it
     * @param unknown purchases there that no attempt of ours has heard of
     * @param lost attempts of ours whose outcome nobody knows
     * @param differing attempts that were charged something else than the ledger says
     * @param again scenes that were charged more than once, with their attempts
     */
    record Books(
            String provider,
            int purchases,
            BigDecimal charged,
            BigDecimal booked,
            BigDecimal possible,
            List<String> unknown,
            BigDecimal unknownCharged,
            int lost,
            BigDecimal lostCharged,
            List<String> differing,
            List<List<String>> again) {

        /** All that was charged, but for what nobody can know of, is booked; and that is no more than was given up. */
        void assertAgree() {
            assertThat(differing)
                    .as("%s: attempts with another charge", provider)
                    .isEmpty();
            assertThat(charged.subtract(unknownCharged).subtract(lostCharged))
                    .as("%s: charged, but for lost attempts, against booked: %s", provider, this)
                    .isEqualByComparingTo(booked);
            assertThat(unknown)
                    .as("%s: purchases unknown to the ledger, against attempts given up: %s", provider, this)
                    .hasSizeLessThanOrEqualTo(lost);
            assertThat(charged)
                    .as("%s: charged, between what is booked for certain and that with what is possible", provider)
                    .isBetween(booked, booked.add(possible));
        }
    }

    /** What is begun from now on. */
    Ledger(RunningPair pair) throws SQLException {
        this.pair = pair;
        this.earlier = pair.count("select count(*) from (select 1 " + PAID + ") attempt");
    }

    /** Every attempt to buy something, oldest first. */
    List<Attempt> attempts() throws SQLException {
        List<Attempt> attempts = new ArrayList<>();
        try (Connection connection = pair.postgres.connect();
                Statement statement = connection.createStatement();
                ResultSet rows =
                        statement.executeQuery("select provider, provider_task_id, state, cost_estimated, cost_actual,"
                                + " cost_possible, job_id, scene, attempt, sent_at, error " + PAID
                                + " order by begun_at offset " + earlier)) {
            while (rows.next()) {
                attempts.add(new Attempt(
                        rows.getString(1),
                        rows.getString(2),
                        rows.getString(3),
                        rows.getBigDecimal(4),
                        rows.getBigDecimal(5),
                        rows.getBigDecimal(6),
                        rows.getString(7),
                        rows.getInt(8),
                        rows.getInt(9),
                        instant(rows, 10),
                        rows.getString(11)));
            }
        }
        return attempts;
    }

    private static Instant instant(ResultSet rows, int column) throws SQLException {
        OffsetDateTime time = rows.getObject(column, OffsetDateTime.class);
        return time == null ? null : time.toInstant();
    }

    List<Attempt> attempts(String job) throws SQLException {
        return attempts().stream().filter(attempt -> attempt.job().equals(job)).toList();
    }

    /** What the ledger says the job was charged. */
    BigDecimal charged(String job) throws SQLException {
        return sum(attempts(job).stream().map(Attempt::cost));
    }

    Books compare(String provider) throws SQLException {
        List<CallEntry> bought = pair.simulator.purchases(BOOKS.get(provider)).stream()
                .filter(entry -> !entry.replayed())
                .toList();
        Map<String, BigDecimal> there = new HashMap<>();
        bought.forEach(entry -> there.put(entry.task(), charge(entry)));
        List<Attempt> here = attempts().stream()
                .filter(attempt -> attempt.provider().equals(provider))
                .toList();
        Map<String, Attempt> known = here.stream()
                .filter(attempt -> attempt.task() != null)
                .collect(Collectors.toMap(Attempt::task, attempt -> attempt));
        List<String> unknown =
                there.keySet().stream().filter(task -> !known.containsKey(task)).toList();
        List<Attempt> lost =
                here.stream().filter(attempt -> "lost".equals(attempt.state())).toList();
        BigDecimal lostCharged = lost.stream()
                .filter(attempt -> attempt.task() != null)
                .map(attempt -> there.getOrDefault(attempt.task(), BigDecimal.ZERO))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        List<String> differing = known.values().stream()
                .filter(attempt -> !"lost".equals(attempt.state()))
                .filter(attempt -> there.getOrDefault(attempt.task(), BigDecimal.ZERO)
                                .compareTo(attempt.cost() == null ? BigDecimal.ZERO : attempt.cost())
                        != 0)
                .map(attempt -> attempt + " but charged " + there.get(attempt.task()))
                .toList();
        List<List<String>> again = bought.stream()
                .filter(entry -> charge(entry).signum() > 0)
                .collect(Collectors.groupingBy(
                        entry -> entry.purchase().scene(),
                        Collectors.mapping(
                                entry -> known.containsKey(entry.task())
                                        ? known.get(entry.task()).toString()
                                        : "unknown to us: " + entry.task(),
                                Collectors.toList())))
                .values()
                .stream()
                .filter(times -> times.size() > 1)
                .toList();
        return new Books(
                provider,
                bought.size(),
                there.values().stream().reduce(BigDecimal.ZERO, BigDecimal::add),
                sum(here.stream().map(Attempt::cost)),
                sum(here.stream().map(Attempt::possible)),
                unknown,
                unknown.stream().map(there::get).reduce(BigDecimal.ZERO, BigDecimal::add),
                lost.size(),
                lostCharged,
                differing,
                again);
    }

    static BigDecimal charge(CallEntry entry) {
        return entry.purchase().bill().charged();
    }

    /** Of what is known. */
    static BigDecimal sum(Stream<BigDecimal> amounts) {
        return amounts.filter(Objects::nonNull).reduce(BigDecimal.ZERO, BigDecimal::add);
    }
}
