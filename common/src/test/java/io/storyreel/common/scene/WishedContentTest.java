package io.storyreel.common.scene;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class WishedContentTest {
    private static final WishedContent FIRST = new WishedContent(new SceneContent("a", "an a", "old"), 1, 1);

    @Test
    void the_latest_wish_counts_whatever_the_order_of_arrival() {
        WishedContent second = new WishedContent(new SceneContent("b", "a b", "newer"), 2, 2);
        WishedContent third = new WishedContent(new SceneContent("c", "a c", null), 3, 0);
        WishedContent fourth = WishedContent.ofDescription("newest", 4);

        WishedContent inOrder = FIRST.with(second).with(third).with(fourth);

        assertThat(inOrder.content()).isEqualTo(new SceneContent("c", "a c", "newest"));
        assertThat(FIRST.with(fourth).with(third).with(second)).isEqualTo(inOrder);
        assertThat(FIRST.with(third).with(fourth).with(second)).isEqualTo(inOrder);
    }

    @Test
    void a_picture_without_words_of_its_own_keeps_those_of_the_scene() {
        WishedContent picture = new WishedContent(new SceneContent("b", "a b", null), 2, 0);

        assertThat(FIRST.with(picture).content()).isEqualTo(new SceneContent("b", "a b", "old"));
        assertThat(picture.over(FIRST).content()).isEqualTo(new SceneContent("b", "a b", "old"));
    }
}
