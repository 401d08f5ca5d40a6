package io.storyreel.api.plan;

import io.storyreel.api.plan.PlannedClip.Reuse;
import io.storyreel.common.provider.ClipOrder;
import io.storyreel.common.storyboard.Scene;
import org.junit.jupiter.api.Test;

import java.math.BigDecimal;
import java.util.List;
import java.util.Map;

import static org.assertj.core.api.Assertions.assertThat;

class ClipReuseTest {
    private static final String FILE = "asset://sha256/" + "ab".repeat(32) + ".png";
    private static final String ADDRESS = "https://example.com/1.png";
    private static final String OTHER_ADDRESS = "https://example.com/2.png";

    @Test
    void a_clip_of_an_uploaded_picture_that_is_there_is_certain() {
        assertThat(reuse(new ClipReuse(Map.of("a", true)), FILE, "a")).isEqualTo(Reuse.CERTAIN);
    }

    @Test
    void a_clip_of_a_picture_on_the_web_is_only_likely() {
        assertThat(reuse(new ClipReuse(Map.of("a", true)), ADDRESS, "a")).isEqualTo(Reuse.LIKELY);
    }

    @Test
    void a_clip_that_could_not_be_looked_for_is_only_likely() {
        assertThat(reuse(new ClipReuse(Map.of("a", false)), FILE, "a")).isEqualTo(Reuse.LIKELY);
    }

    @Test
    void what_nobody_has_bought_is_new() {
        assertThat(reuse(new ClipReuse(Map.of("b", true)), FILE, "a")).isEqualTo(Reuse.NONE);
    }

    @Test
    void scenes_of_the_same_address_share_a_clip_for_certain() {
        ClipReuse reuse = new ClipReuse(Map.of());

        assertThat(reuse(reuse, ADDRESS, "a")).isEqualTo(Reuse.NONE);
        assertThat(reuse(reuse, ADDRESS, "a")).isEqualTo(Reuse.CERTAIN);
    }

    @Test
    void scenes_whose_addresses_showed_the_same_picture_the_last_time_may_not_share_it() {
        ClipReuse reuse = new ClipReuse(Map.of("b", true));

        assertThat(reuse(reuse, ADDRESS, "a")).isEqualTo(Reuse.NONE);
        assertThat(reuse(reuse, OTHER_ADDRESS, "a")).isEqualTo(Reuse.LIKELY);
        assertThat(reuse(reuse, ADDRESS, "b")).isEqualTo(Reuse.LIKELY);
        assertThat(reuse(reuse, OTHER_ADDRESS, "b")).isEqualTo(Reuse.LIKELY);
    }

    private static Reuse reuse(ClipReuse reuse, String picture, String digest) {
        Scene scene = new Scene(1, picture, null, 5.0, null, null, null, null);
        return reuse.of(scene, List.of(new ClipOrder(1, 0, 1, "a boat", 5, BigDecimal.ONE, digest)))
                .get(0)
                .reuse();
    }
}
