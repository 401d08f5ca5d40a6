package io.storyreel.common.ledger;

import java.math.BigDecimal;

/** What a render will cost. */
public final class Pricing {
    private Pricing() {}

    /**
     * In USD, exact.
     *
     * @param rates of the provider, or null for one that charges nothing because it runs here
     * @param images pictures to be made from prompts
     * @param seconds length of the clips to be made
     */
    public static BigDecimal estimate(PricingSettings.Rates rates, int images, double seconds) {
        if (images < 0 || !(seconds >= 0)) {
            throw new IllegalArgumentException("images and seconds must not be negative: " + images + ", " + seconds);
        }
        if (rates == null) {
            return BigDecimal.ZERO;
        }
        return rates.perImage()
                .multiply(BigDecimal.valueOf(images))
                .add(rates.perSecond().multiply(BigDecimal.valueOf(seconds)));
    }
}
