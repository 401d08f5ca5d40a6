package io.storyreel.worker.export;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class BitrateAimTest {
    private final BitrateAim first = BitrateAim.first(1_000);

    @Test
    void aims_at_what_is_wanted() {
        assertThat(first.kbps()).isEqualTo(1_000);
    }

    @Test
    void is_content_with_a_tenth_too_much_and_with_any_less() {
        assertThat(first.after(1_100)).isNull();
        assertThat(first.after(900)).isNull();
        assertThat(first.after(12)).isNull();
    }

    @Test
    void aims_lower_by_as_much_as_it_was_too_high() {
        BitrateAim second = first.after(1_250);
        assertThat(second.kbps()).isEqualTo(800);

        assertThat(second.after(1_120).kbps()).isEqualTo(714);
    }

    @Test
    void goes_back_half_the_way_where_it_aimed_too_low() {
        BitrateAim second = first.after(2_000);
        assertThat(second.kbps()).isEqualTo(500);

        assertThat(second.after(800).kbps()).isEqualTo(583);
        assertThat(second.after(950)).isNull();
    }

    @Test
    void gives_up_after_the_third() {
        assertThat(first.after(1_300).after(1_200).after(1_150)).isNull();
    }

    @Test
    void does_not_starve_what_moves() {
        assertThat(first.after(50_000).kbps()).isEqualTo(100);
    }

    @Test
    void goes_forward_whatever_the_number_of_attempts() {
        BitrateAim second = first.after(1_250);
        BitrateAim third = second.after(1_250);
        assertThat(first.percent(0)).isEqualTo(5);
        assertThat(first.percent(1)).isEqualTo(second.percent(0));
        assertThat(second.percent(1)).isEqualTo(third.percent(0));
        assertThat(third.percent(1)).isEqualTo(89);
    }
}
