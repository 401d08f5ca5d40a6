package io.storyreel.common.provider;

import io.storyreel.common.storyboard.Scene;
import io.storyreel.common.storyboard.Storyboard;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * A clip that a scene needs from a provider. A scene longer than the longest clip is made of several, each a part.
 *
 * @param part from 0; a later part begins with the last frame of the one before
 * @param seconds that are bought: one of the lengths offered
 * @param price in USD, exact
 * @param digest of all that shapes the clip: the same digest is the same clip, and is not bought again
 */
public record ClipOrder(
        int sceneIndex, int part, int parts, String prompt, int seconds, BigDecimal price, String digest) {

    /** What moves where the user has not said: vendors want words. */
    private static final String STEADY = "Slow, steady camera movement";

    private static final int LONGEST_PROMPT = 1_000;

    /**
     * The clips of the scene at {@code position}, each rounded up to an offered length; what is too long is cut off when
     * the video is composed.
     *
     * @param imageSha256 of the scene's picture
     * @throws IllegalArgumentException if the offer has no lengths
     */
    public static List<ClipOrder> of(ProviderOffer offer, Storyboard storyboard, int position, String imageSha256) {
        if (offer.clipPrices().isEmpty()) {
            throw new IllegalArgumentException(offer.provider() + " sells no clips by length");
        }
        Scene scene = storyboard.scenes().get(position);
        double length = SceneLength.expected(storyboard, position);
        int parts = (int) Math.ceil(length / offer.clipPrices().lastKey());
        var bought = fitting(offer, length / parts);
        String prompt = prompt(scene);
        List<ClipOrder> orders = new ArrayList<>();
        String begins = imageSha256;
        for (int part = 0; part < parts; part++) {
            String digest = TextDigest.of(
                    "clip",
                    offer.provider(),
                    String.valueOf(offer.model()),
                    begins,
                    prompt,
                    String.valueOf(bought.getKey()),
                    storyboard.aspectRatio().name(),
                    storyboard.output().resolution().name());
            orders.add(
                    new ClipOrder(scene.sceneIndex(), part, parts, prompt, bought.getKey(), bought.getValue(), digest));
            begins = digest;
        }
        return orders;
    }

    /** The cheapest length that is long enough, and the shorter of two that cost the same. */
    private static Map.Entry<Integer, BigDecimal> fitting(ProviderOffer offer, double seconds) {
        return offer.clipPrices().tailMap((int) Math.ceil(seconds)).entrySet().stream()
                .min(Map.Entry.comparingByValue())
                .orElseThrow();
    }

    private static String prompt(Scene scene) {
        String words = present(scene.motionPrompt())
                ? scene.motionPrompt()
                : present(scene.description()) ? scene.description() : STEADY;
        if (words.length() <= LONGEST_PROMPT) {
            return words;
        }
        int end = Character.isHighSurrogate(words.charAt(LONGEST_PROMPT - 1)) ? LONGEST_PROMPT - 1 : LONGEST_PROMPT;
        return words.substring(0, end);
    }

    private static boolean present(String words) {
        return words != null && !words.isBlank();
    }
}
