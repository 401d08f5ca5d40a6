package io.storyreel.api.provider;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.storyreel.common.provider.ProviderHealth;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffer.Kind;
import io.storyreel.common.provider.ProviderState;
import io.storyreel.common.provider.ProviderStates;
import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderBoardTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final SlowStates rows = new SlowStates();
    private final ProviderBoard board = new ProviderBoard(rows, null, new Settings());

    @Test
    void a_look_that_took_long_does_not_undo_what_a_later_one_has_seen() {
        board.refresh().subscribe().with(done -> {});
        board.refresh().subscribe().with(done -> {});

        rows.answer(1, "new");
        rows.answer(0, "old");

        assertThat(board.offers().await().atMost(SOON).renderers()).containsExactly("new");
    }

    @Test
    void the_very_first_worker_is_known_as_soon_as_it_has_told() {
        board.refresh().subscribe().with(done -> {});
        rows.answerNothing(0);

        var offers = board.offers().subscribeAsCompletionStage();
        rows.answer(1, "first");

        assertThat(offers)
                .isCompletedWithValueMatching(known -> known.renderers().equals(Set.of("first")));
    }

    /** Looks that last as long as the test wants. */
    private static final class SlowStates extends ProviderStates {
        private final List<UniEmitter<? super List<ProviderState>>> looks = new ArrayList<>();

        SlowStates() {
            super(null);
        }

        @Override
        public Uni<List<ProviderState>> read(Duration living) {
            return Uni.createFrom().emitter(looks::add);
        }

        void answerNothing(int look) {
            looks.get(look).complete(List.of());
        }

        void answer(int look, String provider) {
            looks.get(look)
                    .complete(List.of(new ProviderState(
                            ProviderOffer.free(provider, Kind.CLIP), ProviderHealth.UNKNOWN, Instant.EPOCH, true)));
        }
    }

    private record Settings() implements ProviderBoardSettings {
        @Override
        public Duration refresh() {
            return SOON;
        }

        @Override
        public Duration living() {
            return SOON;
        }

        @Override
        public Duration refreshDurations() {
            return SOON;
        }
    }
}
