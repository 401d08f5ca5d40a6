package io.storyreel.api;

import io.storyreel.api.provider.ProviderBoard;
import io.storyreel.common.provider.ProviderHealth;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffer.Kind;
import io.storyreel.common.provider.ProviderReport;
import io.storyreel.common.provider.ProviderStates;
import io.storyreel.common.storyboard.AspectRatio;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.UUID;

/** A worker that says what its providers offer, and does nothing else. */
@ApplicationScoped
public class ReportingWorker {
    private static final Duration SOON = Duration.ofSeconds(20);
    private static final UUID ID = UUID.randomUUID();

    private final ProviderStates states;
    private final ProviderBoard board;

    ReportingWorker(ProviderStates states, ProviderBoard board) {
        this.states = states;
        this.board = board;
    }

    void report() {
        report(ProviderHealth.UNKNOWN);
    }

    /** @param health of replicate */
    void report(ProviderHealth health) {
        states.publish(
                        ID,
                        List.of(
                                fine(ProviderOffer.free("local", Kind.CLIP)),
                                fine(ProviderOffer.free("mock", Kind.VIDEO)),
                                fine(new ProviderOffer("custom", Kind.VIDEO, null, null, null, Set.of(), null)
                                        .withoutPrice("STORYREEL_CUSTOM_PRICE_PER_SECOND is not set")),
                                fine(clips("runway", Set.of(), "RUNWAYML_API_KEY is not set: set it to your key")),
                                fine(clips("pika", Set.of(AspectRatio.PORTRAIT), null)),
                                new ProviderReport(clips("replicate", Set.of(), null), health),
                                fine(new ProviderOffer(
                                        "openai", Kind.SPEECH, null, null, new BigDecimal("15"), Set.of(), null)),
                                new ProviderReport(
                                        new ProviderOffer(
                                                "azure", Kind.SPEECH, null, null, new BigDecimal("99"), Set.of(), null),
                                        ProviderHealth.UNKNOWN,
                                        1)))
                .chain(board::refresh)
                .await()
                .atMost(SOON);
    }

    /** @param missing what keeps it from being used; null if nothing does */
    void reportPainter(String missing) {
        var painter = new ProviderOffer("replicate", Kind.IMAGE, "m", null, new BigDecimal("0.003"), Set.of(), missing);
        states.publish(ID, List.of(fine(painter))).chain(board::refresh).await().atMost(SOON);
    }

    private static ProviderReport fine(ProviderOffer offer) {
        return new ProviderReport(offer, ProviderHealth.UNKNOWN);
    }

    private static ProviderOffer clips(String name, Set<AspectRatio> ratios, String missing) {
        return ProviderOffer.clips(
                name, "m", Map.of(2, new BigDecimal("0.20"), 5, new BigDecimal("0.50")), ratios, missing);
    }
}
