package io.storyreel.worker.provider.runway;

import io.storyreel.common.storyboard.AspectRatio;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * What a model takes and costs, after the API of version 2024-11-06. Prices are those of April 2026, for clips without
 * sound: the sound of a video is ours.
 */
enum RunwayModel {
    GEN4_TURBO("gen4_turbo", Kind.GEN, 5),
    GEN4_5("gen4.5", Kind.GEN, 12),
    VEO3_1_FAST("veo3.1_fast", Kind.VEO, 10),
    VEO3_1("veo3.1", Kind.VEO, 20);

    /** Families that take the same fields. */
    private enum Kind {
        GEN(IntStream.rangeClosed(2, 10).boxed().toList(), Set.of(AspectRatio.values())),
        VEO(List.of(4, 6, 8), Set.of(AspectRatio.LANDSCAPE, AspectRatio.PORTRAIT));

        private final List<Integer> lengths;
        private final Set<AspectRatio> shapes;

        Kind(List<Integer> lengths, Set<AspectRatio> shapes) {
            this.lengths = lengths;
            this.shapes = shapes;
        }
    }

    private static final int DOLLARS_OF_A_CREDIT = 2;
    private static final int FULL_HD = 1080;

    private final String id;
    private final Kind kind;
    private final BigDecimal pricePerSecond;

    RunwayModel(String id, Kind kind, int creditsPerSecond) {
        this.id = id;
        this.kind = kind;
        this.pricePerSecond = dollars(BigDecimal.valueOf(creditsPerSecond));
    }

    static Optional<RunwayModel> named(String id) {
        return Arrays.stream(values()).filter(model -> model.id.equals(id)).findAny();
    }

    /** Their names, for people. */
    static String known() {
        return Arrays.stream(values()).map(RunwayModel::id).collect(Collectors.joining(", "));
    }

    static BigDecimal dollars(BigDecimal credits) {
        return credits.movePointLeft(DOLLARS_OF_A_CREDIT);
    }

    String id() {
        return id;
    }

    /** In USD. */
    BigDecimal pricePerSecond() {
        return pricePerSecond;
    }

    Set<AspectRatio> shapes() {
        return kind.shapes;
    }

    /** Every length that can be bought, in seconds, with its price. */
    SortedMap<Integer, BigDecimal> prices(BigDecimal ofSecond) {
        SortedMap<Integer, BigDecimal> prices = new TreeMap<>();
        kind.lengths.forEach(seconds -> prices.put(seconds, ofSecond.multiply(BigDecimal.valueOf(seconds))));
        return prices;
    }

    /** Whether a clip comes with sound of its own, for more money, unless it is asked for without. */
    boolean makesSound() {
        return kind == Kind.VEO;
    }

    /** The shape in RunwayML's words. */
    String ratio(AspectRatio shape, int shortSide) {
        boolean large = kind == Kind.VEO && shortSide >= FULL_HD;
        return switch (shape) {
            case LANDSCAPE -> large ? "1920:1080" : "1280:720";
            case PORTRAIT -> large ? "1080:1920" : "720:1280";
            case SQUARE -> "960:960";
        };
    }
}
