package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.plan.PlanDigest;
import io.storyreel.api.plan.Planner;
import io.storyreel.api.plan.RenderPlan;
import io.storyreel.api.provider.ProviderBoard;
import io.storyreel.api.provider.ProviderChain;
import io.storyreel.api.provider.ProviderChains;
import io.storyreel.common.ledger.Money;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.provider.ProviderOffer;
import io.storyreel.common.provider.ProviderOffers;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Says who will render, and for how much. What costs nothing is not planned, so that it is accepted without a question. */
@ApplicationScoped
class RenderPricing {
    private final ProviderBoard board;
    private final ProviderChains chains;
    private final Planner planner;

    /** @param estimate in USD, exact; null if nobody can say; so is {@code atMost} */
    record Priced(ProviderChain chain, BigDecimal estimate, BigDecimal atMost) {}

    record Chosen(ProviderChain chain, ProviderOffer speaker) {
        boolean costsNothing() {
            return chain.free() && (speaker == null || chain.makesWholeVideos() || speaker.costsNothing());
        }
    }

    RenderPricing(ProviderBoard board, Planner planner, RenderSettings settings) {
        this.board = board;
        this.planner = planner;
        this.chains =
                new ProviderChains(settings.provider(), settings.fallback().orElse(List.of()));
    }

    Uni<Chosen> choose(RenderWish wish) {
        return board.offers()
                .map(offers -> chosen(offers, wish))
                .onFailure(ProblemException.class)
                .recoverWithUni(() -> board.latestOffers().map(offers -> chosen(offers, wish)));
    }

    private Chosen chosen(ProviderOffers offers, RenderWish wish) {
        return new Chosen(chains.choose(offers, wish.provider(), wish.fallback()), offers.speaker());
    }

    Uni<RenderPlan> plan(ProjectHead head, Chosen chosen) {
        return planner.plan(head.workspaceId(), head.id(), head.specDigest(), chosen.chain(), chosen.speaker());
    }

    /** @param agreed the plan that was agreed to, or null */
    Uni<Priced> price(ProjectHead head, Chosen chosen, PlanDigest agreed) {
        if (agreed == null && chosen.costsNothing()) {
            return Uni.createFrom().item(new Priced(chosen.chain(), BigDecimal.ZERO, BigDecimal.ZERO));
        }
        return plan(head, chosen)
                .invoke(plan -> requireSame(agreed, plan))
                .map(plan -> new Priced(chosen.chain(), plan.total(), plan.atMost()));
    }

    private static void requireSame(PlanDigest agreed, RenderPlan now) {
        List<String> changes = agreed == null ? List.of() : agreed.changesTo(now.parts());
        if (!changes.isEmpty()) {
            String cost = now.total() == null
                    ? "Nobody can say what it costs now: "
                    : "It costs " + now.total().toPlainString() + " USD now: ";
            Map<String, Object> members =
                    new HashMap<>(Map.of("currency", Money.CURRENCY, "plan_digest", now.digest()));
            members.put("total", now.total());
            throw new ProblemException(
                    ProblemCode.STALE_PLAN,
                    "Since the plan was made, something has changed: " + String.join("; ", changes) + ". " + cost
                            + "plan again, then render.",
                    members);
        }
    }
}
