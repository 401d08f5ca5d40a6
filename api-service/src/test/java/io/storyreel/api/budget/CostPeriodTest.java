package io.storyreel.api.budget;

import io.storyreel.common.problem.ProblemException;
import org.junit.jupiter.api.Test;

import java.time.LocalDate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

class CostPeriodTest {
    private static final LocalDate TODAY = LocalDate.of(2028, 3, 15);

    @Test
    void is_this_month_unless_asked_otherwise() {
        assertThat(CostPeriod.of(null, null, TODAY)).isEqualTo(new CostPeriod(LocalDate.of(2028, 3, 1), TODAY));
    }

    @Test
    void begins_with_the_month_of_its_last_day() {
        LocalDate leapDay = LocalDate.of(2028, 2, 29);
        assertThat(CostPeriod.of(null, leapDay, TODAY)).isEqualTo(new CostPeriod(LocalDate.of(2028, 2, 1), leapDay));
    }

    @Test
    void holds_both_days_whole() {
        CostPeriod oneDay = CostPeriod.of(TODAY, TODAY, TODAY);
        assertThat(oneDay.start()).isEqualTo("2028-03-15T00:00:00Z");
        assertThat(oneDay.end()).isEqualTo("2028-03-16T00:00:00Z");
    }

    @Test
    void has_at_most_366_days() {
        assertThat(CostPeriod.of(TODAY.minusDays(365), TODAY, TODAY)).isNotNull();
        assertThatThrownBy(() -> CostPeriod.of(TODAY.minusDays(366), TODAY, TODAY))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("366 days")
                .hasMessageContaining("has 367 days");
    }

    @Test
    void does_not_end_before_it_begins() {
        assertThatThrownBy(() -> CostPeriod.of(TODAY.plusDays(1), null, TODAY))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("must not be after to");
    }
}
