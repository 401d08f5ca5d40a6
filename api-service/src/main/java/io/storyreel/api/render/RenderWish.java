package io.storyreel.api.render;

import io.storyreel.api.plan.PlanDigest;

import java.util.List;

/**
 * How a render is wished for.
 *
 * @param provider who renders; null for the default
 * @param fallback whom scenes go to when the provider is broken; null for the default, empty for nobody
 * @param plan that it must still be; null for whatever it is
 */
record RenderWish(String provider, List<String> fallback, PlanDigest plan) {

    /** @param request null for the default */
    static RenderWish of(RenderResource.RenderRequest request) {
        return request == null
                ? new RenderWish(null, null, null)
                : new RenderWish(
                        request.provider(),
                        request.fallback(),
                        request.planDigest() == null ? null : PlanDigest.parse(request.planDigest()));
    }
}
