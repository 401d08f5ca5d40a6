package io.storyreel.api.provider;

import io.smallrye.mutiny.Uni;
import io.smallrye.mutiny.subscription.UniEmitter;
import io.storyreel.common.provider.ProviderHealth;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffer.Kind;
import io.storyreel.common.provider.ProviderState;
import io.storyreel.common.provider.ProviderStates;
import org.junit.jupiter.api.Test;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

import static org.assertj.core.api.Assertions.assertThat;

class ProviderBoardTest {
    private static final Duration SOON = Duration.ofSeconds(20);

    private final LaterClock time = new LaterClock();
    private final SlowStates rows = new SlowStates();
    private final ProviderBoard board = new ProviderBoard(rows, null, new Settings(), time);

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
        time.now = time.now.plusSeconds(1);

        var offers = board.offers().subscribeAsCompletionStage();
        rows.answer(1, "first");

        assertThat(offers)
                .isCompletedWithValueMatching(known -> known.renderers().equals(Set.of("first")));
    }

    private static final class LaterClock extends Clock {
        private Instant now = Instant.parse("2026-01-31T12:00:00Z");

        @Override
        public ZoneId getZone() {
            return ZoneOffset.UTC;
        }

        @Override
        public Clock withZone(ZoneId zone) {
            throw new UnsupportedOperationException("one zone is enough");
        }

        @Override
        public Instant instant() {
            return now;
        }
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
