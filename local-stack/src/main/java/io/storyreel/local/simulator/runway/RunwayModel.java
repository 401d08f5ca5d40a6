package io.storyreel.local.simulator.runway;

import java.math.BigDecimal;
import java.util.Optional;
import java.util.Set;

/**
 * What a model takes and costs, after Runway's API of version 2024-11-06.
 *
 * @param fixedDurations the only lengths in seconds; empty for every whole number from 2 to 10
 * @param promptNeeded whether a picture alone is not enough
 * @param durationNeeded whether there is no default
 * @param defaultDuration seconds
 * @param credits per second; with sound for those that make it
 * @param silentCredits per second without sound
 */
record RunwayModel(
        String id,
        boolean animates,
        Set<String> ratios,
        Set<String> textRatios,
        Set<Integer> fixedDurations,
        boolean promptNeeded,
        boolean durationNeeded,
        int defaultDuration,
        boolean sound,
        int credits,
        int silentCredits) {

    private static final Set<String> SIX =
            Set.of("1280:720", "720:1280", "1104:832", "960:960", "832:1104", "1584:672");
    private static final Set<String> TWO = Set.of("1280:720", "720:1280");
    private static final Set<String> FOUR = Set.of("1280:720", "720:1280", "1920:1080", "1080:1920");
    private static final Set<Integer> VEO = Set.of(4, 6, 8);
    private static final BigDecimal DOLLARS_PER_CREDIT = new BigDecimal("0.01");

    static Optional<RunwayModel> named(String id) {
        return Optional.ofNullable(
                switch (id) {
                    case "gen4.5" -> new RunwayModel(id, true, SIX, TWO, Set.of(), true, true, 5, false, 12, 12);
                    case "gen4_turbo" ->
                        new RunwayModel(id, true, SIX, Set.of(), Set.of(), false, false, 10, false, 5, 5);
                    case "veo3.1" -> new RunwayModel(id, true, FOUR, FOUR, VEO, false, false, 8, true, 40, 20);
                    case "veo3.1_fast" -> new RunwayModel(id, true, FOUR, FOUR, VEO, false, false, 8, true, 15, 10);
                    default -> null;
                });
    }

    boolean offers(int seconds) {
        return fixedDurations.isEmpty() ? seconds >= 2 && seconds <= 10 : fixedDurations.contains(seconds);
    }

    int credits(int seconds, boolean withSound) {
        return seconds * (withSound ? credits : silentCredits);
    }

    static BigDecimal dollars(int credits) {
        return DOLLARS_PER_CREDIT.multiply(BigDecimal.valueOf(credits));
    }
}
