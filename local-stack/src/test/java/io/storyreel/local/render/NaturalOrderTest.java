package io.storyreel.local.render;

import org.junit.jupiter.api.Test;

import java.util.List;

import static org.assertj.core.api.Assertions.assertThat;

class NaturalOrderTest {

    @Test
    void numbers_count_by_value_and_capitals_like_small_letters() {
        var names = List.of("img10.png", "IMG2.png", "img1.png", "album.png", "2.png", "img2b.png", "10.png");

        assertThat(names.stream().sorted(new NaturalOrder()))
                .containsExactly("2.png", "10.png", "album.png", "img1.png", "IMG2.png", "img2b.png", "img10.png");
    }

    @Test
    void numbers_too_large_for_any_machine_word_are_compared_all_the_same() {
        assertThat(new NaturalOrder().compare("a99999999999999999999998", "a99999999999999999999999"))
                .isNegative();
    }
}
