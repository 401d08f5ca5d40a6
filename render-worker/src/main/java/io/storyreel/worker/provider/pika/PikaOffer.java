package io.storyreel.worker.provider.pika;

import io.storyreel.common.provider.ProviderOffer;

import java.math.BigDecimal;
import java.util.Map;
import java.util.Set;

/** What can be had of Pika. A clip has the shape of its picture, so any shape can be had. */
final class PikaOffer {
    static final String NAME = "pika";
    private static final int SHORT = 5;
    private static final int LONG = 10;

    private final PikaSettings settings;
    private final Map<Integer, BigDecimal> prices;

    PikaOffer(PikaSettings settings) {
        this.settings = settings;
        PikaSettings.Prices price = settings.prices();
        this.prices = "1080p".equals(settings.resolution())
                ? Map.of(SHORT, price.short1080p(), LONG, price.long1080p())
                : Map.of(SHORT, price.short720p(), LONG, price.long720p());
    }

    /** @param keyMissing what is wrong with the key; null if nothing */
    ProviderOffer clips(String keyMissing) {
        // The resolution shapes the clip: one made at another must not be taken for it.
        String model = settings.model() + " (" + settings.resolution() + ")";
        return ProviderOffer.clips(NAME, model, prices, Set.of(), missing(keyMissing));
    }

    BigDecimal price(int seconds) {
        BigDecimal price = prices.get(seconds);
        if (price == null) {
            throw new IllegalArgumentException("Pika sells clips of 5 and 10 s, not of " + seconds);
        }
        return price;
    }

    private String missing(String keyMissing) {
        if (keyMissing != null) {
            return keyMissing;
        }
        String addressMissing = FalAddresses.base(settings).missing();
        if (addressMissing != null) {
            return addressMissing;
        }
        if (!Set.of("720p", "1080p").contains(settings.resolution())) {
            return "storyreel.pika.resolution must be 720p or 1080p, not \"" + settings.resolution() + "\"";
        }
        if (!settings.model().matches("\\w[\\w.-]*(/\\w[\\w.-]*)+")) {
            return "storyreel.pika.model must be a name such as fal-ai/pika/v2.2/image-to-video";
        }
        return null;
    }
}
