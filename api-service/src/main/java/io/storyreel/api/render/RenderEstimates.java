package io.storyreel.api.render;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.smallrye.mutiny.Uni;
import io.storyreel.common.problem.ProblemException;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.time.Duration;
import java.util.UUID;

/**
 * What a render of a project would cost with the default provider. Plans that ask the database are remembered for a few
 * seconds, because clients that follow a project ask again and again.
 */
@ApplicationScoped
public class RenderEstimates {
    private static final int MOST_REMEMBERED = 10_000;
    private static final Duration GOOD_FOR = Duration.ofSeconds(5);

    private final RenderPricing pricing;
    private final ProjectHeads projects;
    private final Cache<Storyboard, Estimate> recent = Caffeine.newBuilder()
            .maximumSize(MOST_REMEMBERED)
            .expireAfterWrite(GOOD_FOR)
            .build();

    private record Storyboard(UUID project, String specDigest) {}

    /** @param usd exact; null if nobody can say */
    private record Estimate(BigDecimal usd) {
        private static final Estimate UNKNOWN = new Estimate(null);
    }

    RenderEstimates(RenderPricing pricing, ProjectHeads projects) {
        this.pricing = pricing;
        this.projects = projects;
    }

    /** In USD, exact; null if nobody can say, as while pictures are missing that a provider would be paid for. */
    public Uni<BigDecimal> of(UUID workspace, UUID project, String specDigest) {
        Storyboard storyboard = new Storyboard(project, specDigest);
        Estimate known = recent.getIfPresent(storyboard);
        if (known != null) {
            return Uni.createFrom().item(known.usd());
        }
        return pricing.choose(RenderWish.of(null))
                .chain(chosen -> chosen.costsNothing()
                        ? Uni.createFrom().item(new Estimate(BigDecimal.ZERO))
                        : planned(workspace, project, chosen))
                .onFailure(ProblemException.class)
                .recoverWithItem(Estimate.UNKNOWN)
                .invoke(estimate -> recent.put(storyboard, estimate))
                .map(Estimate::usd);
    }

    private Uni<Estimate> planned(UUID workspace, UUID project, RenderPricing.Chosen chosen) {
        return projects.find(workspace, project)
                .chain(head -> head == null || !head.scenesWithoutImage().isEmpty()
                        ? Uni.createFrom().item(Estimate.UNKNOWN)
                        : pricing.price(head, chosen, null).map(priced -> new Estimate(priced.estimate())));
    }
}
