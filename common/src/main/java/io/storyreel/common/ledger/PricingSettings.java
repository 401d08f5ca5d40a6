package io.storyreel.common.ledger;

import io.smallrye.config.ConfigMapping;
import io.smallrye.config.WithDefault;

import java.math.BigDecimal;

/** What providers charge, in USD. */
@ConfigMapping(prefix = "storyreel.pricing")
public interface PricingSettings {

    /** Replicate's pair of models: one makes pictures, one makes clips of them. */
    Rates replicate();

    /** What one provider charges. */
    interface Rates {

        /** For a picture made from a prompt. */
        @WithDefault("0.003")
        BigDecimal perImage();

        /** For a second of video. */
        @WithDefault("0.10")
        BigDecimal perSecond();
    }
}
