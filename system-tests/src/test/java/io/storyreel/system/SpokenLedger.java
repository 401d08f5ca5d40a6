package io.storyreel.system;

import io.storyreel.local.simulator.log.CallEntry;
import io.storyreel.system.Ledger.Attempt;

import java.math.BigDecimal;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.Collectors;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What voices were charged, there and here, attempt by attempt. Such a call has no name that both sides know; it belongs
 * to the attempt of the same provider for the same line that had left last when the call arrived.
 */
final class SpokenLedger {
    /** In the order in which one stands in for the one before. */
    static final List<String> SPEAKERS = List.of("openai", "elevenlabs", "azure");

    private final RunningPair pair;
    private final Ledger ledger;
    private final Function<String, String> speaking;

    /** @param speaking the job that says a text, and no other does */
    SpokenLedger(RunningPair pair, Ledger ledger, Function<String, String> speaking) {
        this.pair = pair;
        this.ledger = ledger;
        this.speaking = speaking;
    }

    /**
     * An attempt and what the provider says of it.
     *
     * @param calls those it was charged for
     */
    record Line(Attempt attempt, List<CallEntry> calls) {
        BigDecimal charged() {
            return Ledger.sum(calls.stream().map(Ledger::charge));
        }

        /** What is known is exact; what is not known was charged once at most, and no more than we show. */
        boolean agrees() {
            return attempt.isUnknown()
                    ? calls.size() <= 1 && charged().compareTo(attempt.possible()) <= 0
                    : calls.size() <= 1 && charged().compareTo(booked()) == 0;
        }

        /** The faults that its calls met, and what became of it. */
        String story() {
            return calls.stream()
                            .map(call -> call.fault().isEmpty() ? "well" : call.fault())
                            .toList()
                    + " " + attempt.state()
                    + (attempt.error() == null ? "" : " (" + attempt.error() + ")");
        }

        BigDecimal booked() {
            return attempt.cost() == null ? BigDecimal.ZERO : attempt.cost();
        }
    }

    /**
     * All voices of one speaker.
     *
     * @param strangers calls that were charged and belong to no attempt
     */
    record Books(String provider, List<Line> lines, List<CallEntry> strangers) {
        BigDecimal charged() {
            return Ledger.sum(lines.stream().map(Line::charged))
                    .add(Ledger.sum(strangers.stream().map(Ledger::charge)));
        }

        BigDecimal booked() {
            return Ledger.sum(lines.stream().map(Line::booked));
        }

        BigDecimal possible() {
            return Ledger.sum(lines.stream().map(line -> line.attempt().possible()));
        }

        List<Line> unknown() {
            return lines.stream().filter(line -> line.attempt().isUnknown()).toList();
        }

        /** What became of each attempt for the same line, where it was charged more than once. */
        List<String> again() {
            return lines.stream()
                    .collect(Collectors.groupingBy(line -> line.attempt().job()))
                    .values()
                    .stream()
                    .filter(attempts -> attempts.stream()
                                    .mapToInt(line -> line.calls().size())
                                    .sum()
                            > 1)
                    .map(attempts -> attempts.stream().map(Line::story).collect(Collectors.joining(", then ")))
                    .toList();
        }

        long purchases() {
            return lines.stream().mapToLong(line -> line.calls().size()).sum() + strangers.size();
        }

        /** Each attempt for itself, and so the sums: nobody is charged more than we show. */
        void assertAgree() {
            assertThat(strangers)
                    .as("%s: charged, and no attempt of ours", provider)
                    .isEmpty();
            assertThat(lines.stream().filter(line -> !line.agrees()))
                    .as("%s: attempts that were charged something else than the ledger says", provider)
                    .isEmpty();
            assertThat(charged())
                    .as("%s: charged, between what is booked for certain and that with what is possible", provider)
                    .isBetween(booked(), booked().add(possible()));
            assertThat(charged().subtract(booked()))
                    .as("%s: what is not booked was charged for attempts of unknown outcome", provider)
                    .isEqualByComparingTo(Ledger.sum(unknown().stream().map(Line::charged)));
        }

        @Override
        public String toString() {
            return "%s: %d voices bought, %s USD charged, %s USD booked, %s USD possible in %d attempts of unknown outcome (%s USD of them charged)"
                    .formatted(
                            provider,
                            purchases(),
                            charged(),
                            booked(),
                            possible(),
                            unknown().size(),
                            Ledger.sum(unknown().stream().map(Line::charged)));
        }
    }

    List<Books> compare() throws SQLException {
        List<Attempt> attempts = ledger.attempts();
        return SPEAKERS.stream().map(provider -> compare(provider, attempts)).toList();
    }

    private Books compare(String provider, List<Attempt> attempts) {
        List<Line> lines = new ArrayList<>();
        attempts.stream()
                .filter(attempt -> attempt.provider().equals(provider))
                .forEach(attempt -> lines.add(new Line(attempt, new ArrayList<>())));
        List<CallEntry> strangers = new ArrayList<>();
        for (CallEntry call : pair.simulator.purchases(provider)) {
            String job = speaking.apply(call.purchase().prompt());
            lines.stream()
                    .filter(line -> line.attempt().job().equals(job))
                    .filter(line -> line.attempt().sent() != null
                            && !line.attempt().sent().isAfter(call.time()))
                    .max(Comparator.comparing(line -> line.attempt().sent()))
                    .ifPresentOrElse(line -> line.calls().add(call), () -> strangers.add(call));
        }
        return new Books(provider, lines, strangers);
    }
}
