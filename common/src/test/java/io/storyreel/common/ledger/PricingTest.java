package io.storyreel.common.ledger;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class PricingTest {
    private static final PricingSettings.Rates REPLICATE = new PricingSettings.Rates() {
        @Override
        public BigDecimal perImage() {
            return new BigDecimal("0.003");
        }

        @Override
        public BigDecimal perSecond() {
            return new BigDecimal("0.10");
        }
    };

    @Test
    void charges_every_image_and_every_second_exactly() {
        assertThat(Pricing.estimate(REPLICATE, 5, 12.5)).isEqualByComparingTo("1.265");
    }

    @Test
    void shows_amounts_rounded_half_up_to_the_cent() {
        assertThat(Money.shown(new BigDecimal("1.265"))).isEqualTo("1.27");
        assertThat(Money.shown(new BigDecimal("0.003"))).isEqualTo("0.00");
        assertThat(Money.shown(null)).isNull();
    }

    @Test
    void what_runs_here_costs_nothing() {
        assertThat(Pricing.estimate(null, 100, 600)).isZero();
    }

    @Test
    void refuses_to_estimate_less_than_nothing() {
        assertThatIllegalArgumentException().isThrownBy(() -> Pricing.estimate(REPLICATE, -1, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> Pricing.estimate(REPLICATE, 1, Double.NaN));
    }
}
