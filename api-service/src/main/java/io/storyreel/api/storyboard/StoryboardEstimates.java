package io.storyreel.api.storyboard;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.render.RenderEstimates;
import io.storyreel.api.storyboard.StoryboardState.LatestRender;
import jakarta.enterprise.context.ApplicationScoped;

import java.math.BigDecimal;

/** What videos cost: as estimated for the render that there is, or else for one that could be started now. */
@ApplicationScoped
class StoryboardEstimates {
    private final RenderEstimates renders;

    StoryboardEstimates(RenderEstimates renders) {
        this.renders = renders;
    }

    Uni<StoryboardCosts> of(StoryboardState state) {
        LatestRender render = state.presentRender();
        Uni<BigDecimal> estimate = render == null
                ? renders.of(state.workspaceId(), state.id(), state.specDigest())
                : Uni.createFrom().item(render.costEstimated());
        BigDecimal actual = sum(charged(state.render()), state.picturesActual());
        return estimate.map(estimated -> new StoryboardCosts(
                estimated == null ? null : estimated.add(state.tally().cost()), actual));
    }

    /** What was charged for a render that was canceled is charged all the same. */
    private static BigDecimal charged(LatestRender render) {
        return render == null || !render.ofThisStoryboard() ? null : render.costActual();
    }

    /** Null counts for nothing beside an amount. */
    private static BigDecimal sum(BigDecimal one, BigDecimal other) {
        if (one == null || other == null) {
            return one == null ? other : one;
        }
        return one.add(other);
    }
}
