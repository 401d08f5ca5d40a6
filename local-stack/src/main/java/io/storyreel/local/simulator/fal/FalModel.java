package io.storyreel.local.simulator.fal;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A model of Pika on fal.
 *
 * @param pictures field that holds the pictures; empty for those that start from the prompt alone
 * @param several whether that field is a list
 * @param fixedDurations whether only 5 and 10 seconds exist
 * @param aspectRatio whether it is a parameter
 * @param defaultResolution {@code 720p} or {@code 1080p}
 * @param prices in USD of 5 seconds by resolution
 * @param perClip whether a clip costs the same at any length
 */
record FalModel(
        String id,
        String pictures,
        boolean several,
        boolean fixedDurations,
        boolean aspectRatio,
        String defaultResolution,
        Map<String, BigDecimal> prices,
        boolean perClip) {

    static final Set<String> RATIOS = Set.of("16:9", "9:16", "1:1", "4:5", "5:4", "3:2", "2:3");

    private static final Map<String, BigDecimal> V2_2 = each("0.20", "0.45");
    private static final Map<String, BigDecimal> V2_1 = each("0.40", "0.40");
    private static final Map<String, BigDecimal> TURBO = each("0.20", "0.20");

    private static Map<String, BigDecimal> each(String at720, String at1080) {
        return Map.of("720p", new BigDecimal(at720), "1080p", new BigDecimal(at1080));
    }

    /** @param path without the slash at its beginning */
    static Optional<FalModel> named(String path) {
        var app = "fal-ai/pika/";
        if (!path.startsWith(app)) {
            return Optional.empty();
        }
        return Optional.ofNullable(
                switch (path.substring(app.length())) {
                    case "v2.2/image-to-video" ->
                        new FalModel(path, "image_url", false, true, false, "720p", V2_2, false);
                    case "v2.2/text-to-video" -> new FalModel(path, "", false, true, true, "720p", V2_2, false);
                    case "v2.2/pikascenes" -> new FalModel(path, "image_urls", true, true, true, "1080p", V2_2, false);
                    case "v2.2/pikaframes" -> new FalModel(path, "image_urls", true, false, false, "720p", V2_2, false);
                    case "v2.1/image-to-video" ->
                        new FalModel(path, "image_url", false, false, false, "720p", V2_1, true);
                    case "v2.1/text-to-video" -> new FalModel(path, "", false, false, true, "720p", V2_1, true);
                    case "v2/turbo/image-to-video" ->
                        new FalModel(path, "image_url", false, false, false, "720p", TURBO, true);
                    case "v2/turbo/text-to-video" -> new FalModel(path, "", false, false, true, "720p", TURBO, true);
                    default -> null;
                });
    }

    BigDecimal price(String resolution, int seconds) {
        var five = prices.get(resolution);
        return perClip ? five : five.multiply(BigDecimal.valueOf(seconds)).divide(BigDecimal.valueOf(5));
    }
}
