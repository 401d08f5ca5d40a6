package io.storyreel.api.budget;

import io.storyreel.api.budget.Costs.Charge;
import io.storyreel.common.ledger.Money;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What a workspace was charged, as clients see it; amounts are exact. */
@Schema(name = "Costs")
public record CostAnswer(
        LocalDate from,
        @Schema(description = "The last day") LocalDate to,
        String currency,
        BigDecimal total,
        @Schema(description = "What may have been charged besides, by calls that had no answer") BigDecimal possible,
        List<OfProvider> providers,
        @Schema(description = "Only days on which something was charged, or may have been") List<Day> days,
        @Schema(description = "Renders accepted in this time that were completed without a charge") long freeRenders) {

    @Schema(name = "CostOfDay")
    public record Day(LocalDate date, BigDecimal cost, BigDecimal possible, List<OfProvider> providers) {}

    /** @param purchases that were charged */
    @Schema(name = "CostOfProvider")
    public record OfProvider(String provider, BigDecimal cost, BigDecimal possible, long purchases) {}

    static CostAnswer of(CostPeriod period, List<Charge> charges, long freeRenders) {
        return new CostAnswer(
                period.from(),
                period.to(),
                Money.CURRENCY,
                sum(charges, Charge::cost),
                sum(charges, Charge::possible),
                byProvider(charges),
                grouped(charges, Charge::day).entrySet().stream()
                        .map(day -> new Day(
                                day.getKey(),
                                sum(day.getValue(), Charge::cost),
                                sum(day.getValue(), Charge::possible),
                                byProvider(day.getValue())))
                        .toList(),
                freeRenders);
    }

    private static List<OfProvider> byProvider(List<Charge> charges) {
        return grouped(charges, Charge::provider).entrySet().stream()
                .map(one -> new OfProvider(
                        one.getKey(),
                        sum(one.getValue(), Charge::cost),
                        sum(one.getValue(), Charge::possible),
                        one.getValue().stream().mapToLong(Charge::purchases).sum()))
                .toList();
    }

    private static <K extends Comparable<?>> TreeMap<K, List<Charge>> grouped(
            List<Charge> charges, Function<Charge, K> key) {
        return charges.stream().collect(Collectors.groupingBy(key, TreeMap::new, Collectors.toList()));
    }

    private static BigDecimal sum(List<Charge> charges, Function<Charge, BigDecimal> amount) {
        return Money.exact(charges.stream().map(amount).reduce(BigDecimal.ZERO, BigDecimal::add));
    }
}
