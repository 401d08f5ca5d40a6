package io.storyreel.api.plan;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.storyreel.common.ledger.Money;
import io.storyreel.common.provider.TextDigest;
import org.eclipse.microprofile.openapi.annotations.media.Schema;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;

/**
 * What a render would buy, before it buys anything.
 *
 * @param scenes one for each scene; a single one, without an index, for a provider of whole videos
 * @param speech what the voices cost at most: those that are kept already are not charged again
 */
@Schema(name = "RenderPlan")
public record RenderPlan(
        String provider,
        List<String> fallback,
        List<ScenePlan> scenes,
        BigDecimal speech,
        @Schema(description = "Exact; with the first provider, without fallbacks; null if nobody can say")
                BigDecimal total,
        @Schema(description = "What the render reserves of the budget; null if nobody can say") BigDecimal atMost,
        String currency,
        @Schema(description = "Why nobody can say what it costs, naming the setting; null if the cost is known")
                String unpriced,
        @Schema(description = "Name it as plan_digest to render exactly this") String digest) {

    /** What happens to a scene. */
    public enum Decision {
        /** Bought before, or for an earlier scene of the same video: costs nothing. */
        REUSE,
        /** Bought now. */
        NEW,
        /** Made here, or by somebody who charges nothing. */
        FREE;

        String wireName() {
            return name().toLowerCase(java.util.Locale.ROOT);
        }
    }

    /**
     * One scene, or the whole video.
     *
     * @param clips how many are needed; those bought before count too
     * @param seconds of all its clips
     * @param cost in USD, exact; null if nobody can say; so is {@code atMost}
     */
    @Schema(name = "ScenePlan")
    public record ScenePlan(
            @Schema(description = "null for the whole video") Integer sceneIndex,
            @Schema(enumeration = {"reuse", "new", "free"}) String decision,
            String provider,
            int clips,
            double seconds,
            @Schema(description = "null if the provider's price is not set") BigDecimal cost,
            @Schema(
                            description =
                                    "If pictures under web addresses have changed, or a fallback makes it; null if"
                                            + " the provider's price is not set")
                    BigDecimal atMost,
            @Schema(description = "From past tasks of the provider; null if there are none") Double estimatedSeconds) {

        static ScenePlan of(
                Integer sceneIndex,
                Decision decision,
                String provider,
                int clips,
                double seconds,
                BigDecimal cost,
                BigDecimal atMost,
                Double estimatedSeconds) {
            return new ScenePlan(
                    sceneIndex,
                    decision.wireName(),
                    provider,
                    clips,
                    seconds,
                    Money.exact(cost),
                    Money.exact(atMost),
                    estimatedSeconds);
        }
    }

    static RenderPlan of(
            String specDigest,
            String provider,
            List<String> fallback,
            List<ScenePlan> scenes,
            BigDecimal speech,
            String unpriced) {
        BigDecimal total = unpriced == null ? sum(scenes, ScenePlan::cost, speech) : null;
        BigDecimal atMost = unpriced == null ? sum(scenes, ScenePlan::atMost, speech) : null;
        PlanDigest digest = new PlanDigest(
                part(List.of(specDigest)), part(chain(provider, fallback)), part(contents(scenes, speech)));
        return new RenderPlan(
                provider,
                List.copyOf(fallback),
                List.copyOf(scenes),
                Money.exact(speech),
                Money.exact(total),
                Money.exact(atMost),
                Money.CURRENCY,
                unpriced,
                digest.text());
    }

    @JsonIgnore
    public PlanDigest parts() {
        return PlanDigest.parse(digest);
    }

    private static List<String> chain(String provider, List<String> fallback) {
        List<String> chain = new ArrayList<>(List.of(provider));
        chain.addAll(fallback);
        return chain;
    }

    /** Not the estimated time, which changes all the time and means nothing to the purse. */
    private static List<String> contents(List<ScenePlan> scenes, BigDecimal speech) {
        List<String> contents = new ArrayList<>(List.of(plain(speech)));
        for (ScenePlan scene : scenes) {
            contents.add(scene.sceneIndex() + " " + scene.decision() + " " + scene.clips() + " " + scene.seconds() + " "
                    + plain(scene.cost()) + " " + plain(scene.atMost()));
        }
        return contents;
    }

    private static String plain(BigDecimal amount) {
        return amount == null ? "unknown" : amount.stripTrailingZeros().toPlainString();
    }

    private static BigDecimal sum(List<ScenePlan> scenes, Function<ScenePlan, BigDecimal> amount, BigDecimal speech) {
        return scenes.stream().map(amount).reduce(speech, BigDecimal::add);
    }

    private static String part(List<String> texts) {
        return TextDigest.of(texts.toArray(String[]::new)).substring(0, PlanDigest.PART_LENGTH);
    }
}
