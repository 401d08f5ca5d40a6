package io.storyreel.system;

import io.storyreel.local.simulator.log.CallEntry;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/** What voices were charged, there and here. A voice is the answer of one call, which may be charged and not arrive. */
final class SpokenLedger {
    /** In the order in which one stands in for the one before. */
    static final List<String> SPEAKERS = List.of("openai", "elevenlabs", "azure");

    private final RunningPair pair;
    private final Ledger ledger;
    private final Duration patience;

    /** @param patience of the workers with one call */
    SpokenLedger(RunningPair pair, Ledger ledger, Duration patience) {
        this.pair = pair;
        this.ledger = ledger;
        this.patience = patience;
    }

    /**
     * All voices of all speakers.
     *
     * @param unheard purchases whose sound did not arrive in one piece
     * @param givenUp attempts of which nobody knows whether they were charged, such as when the worker was killed
     * @param again lines that were bought more than once, with the faults of each purchase
     */
    record Books(
            int purchases,
            BigDecimal charged,
            BigDecimal booked,
            List<CallEntry> unheard,
            List<Ledger.Attempt> givenUp,
            List<String> again) {

        /** What is not booked is no more than what was not heard; nothing is bought again without such a reason. */
        void assertAgree() {
            BigDecimal doubtful = Ledger.sum(unheard.stream().map(Ledger::charge))
                    .add(Ledger.sum(givenUp.stream().map(Ledger.Attempt::estimate)));
            assertThat(charged.subtract(booked).setScale(2, RoundingMode.HALF_UP))
                    .as("charged for voices, but not booked: %s", this)
                    .isBetween(new BigDecimal("0.00"), doubtful.setScale(2, RoundingMode.UP));
            assertThat(again)
                    .as("lines bought again, against sounds that were lost: %s", this)
                    .hasSizeLessThanOrEqualTo(unheard.size() + givenUp.size());
        }
    }

    Books compare() throws SQLException {
        List<CallEntry> bought = new ArrayList<>();
        SPEAKERS.forEach(vendor -> bought.addAll(pair.simulator.purchases(vendor)));
        List<Ledger.Attempt> attempts = ledger.attempts().stream()
                .filter(attempt -> SPEAKERS.contains(attempt.provider()))
                .toList();
        Map<String, List<CallEntry>> lines = bought.stream()
                .collect(Collectors.groupingBy(entry -> entry.purchase().prompt()));
        return new Books(
                bought.size(),
                Ledger.sum(bought.stream().map(Ledger::charge)),
                Ledger.sum(attempts.stream().map(Ledger.Attempt::cost)),
                bought.stream().filter(this::isUnheard).toList(),
                attempts.stream()
                        .filter(attempt -> "lost".equals(attempt.state()))
                        .toList(),
                lines.values().stream()
                        .filter(purchases -> purchases.size() > 1)
                        .map(purchases -> purchases.stream()
                                .map(entry ->
                                        entry.provider() + " " + (entry.fault().isEmpty() ? "well" : entry.fault()))
                                .collect(Collectors.joining(", ")))
                        .toList());
    }

    private boolean isUnheard(CallEntry entry) {
        return !entry.fault().isEmpty() || entry.milliseconds() >= patience.toMillis();
    }
}
