package io.storyreel.common.budget;

import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;

import static org.assertj.core.api.Assertions.assertThat;

class BudgetStandingTest {
    private static final LocalDate LAST_DAY_OF_YEAR = LocalDate.of(2026, 12, 31);

    @Test
    void what_is_spent_and_reserved_is_not_left() {
        BudgetStanding standing = standing("10", "100", "2.5", "40", "1.000001");

        assertThat(standing.left(BudgetWindow.DAILY)).isEqualByComparingTo("6.499999");
        assertThat(standing.left(BudgetWindow.MONTHLY)).isEqualByComparingTo("58.999999");
    }

    @Test
    void nothing_less_than_nothing_is_left_of_a_limit_that_was_lowered() {
        assertThat(standing("1", null, "2", "2", "0").left(BudgetWindow.DAILY)).isZero();
    }

    @Test
    void without_a_limit_nothing_is_short() {
        BudgetStanding standing = standing(null, null, "1000", "1000", "1000");

        assertThat(standing.left(BudgetWindow.DAILY)).isNull();
        assertThat(standing.shortage(new BigDecimal("1000000"))).isNull();
    }

    @Test
    void what_just_fits_is_not_short_and_a_millionth_more_is() {
        BudgetStanding standing = standing("10", null, "4", "4", "5");

        assertThat(standing.shortage(BigDecimal.ONE)).isNull();
        BudgetShortage shortage = standing.shortage(new BigDecimal("1.000001"));
        assertThat(shortage.window()).isEqualTo(BudgetWindow.DAILY);
        assertThat(shortage.left()).isEqualByComparingTo("1");
        assertThat(shortage.resetsAt()).isEqualTo(Instant.parse("2027-01-01T00:00:00Z"));
    }

    @Test
    void of_two_exceeded_limits_the_one_that_resets_later_is_told() {
        assertThat(standing("10", "20", "10", "20", "0")
                        .shortage(BigDecimal.ONE)
                        .window())
                .isEqualTo(BudgetWindow.MONTHLY);
    }

    @Test
    void a_month_resets_on_its_first_day_whatever_its_length() {
        assertThat(BudgetWindow.MONTHLY.resetsAt(LocalDate.of(2028, 2, 29)))
                .isEqualTo(Instant.parse("2028-03-01T00:00:00Z"));
        assertThat(BudgetWindow.DAILY.resetsAt(LocalDate.of(2028, 2, 28)))
                .isEqualTo(Instant.parse("2028-02-29T00:00:00Z"));
    }

    private static BudgetStanding standing(String daily, String monthly, String today, String month, String reserved) {
        return new BudgetStanding(
                new BudgetLimits(amount(daily), amount(monthly)),
                new BudgetUse(LAST_DAY_OF_YEAR, amount(today), amount(month), amount(reserved)));
    }

    private static BigDecimal amount(String text) {
        return text == null ? null : new BigDecimal(text);
    }
}
