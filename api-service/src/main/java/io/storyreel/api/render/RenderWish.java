package io.storyreel.api.render;

import io.storyreel.api.plan.PlanDigest;
import io.storyreel.common.job.JobPriority;

import java.util.List;

/**
 * How a render is wished for.
 *
 * @param provider who renders; null for the default
 * @param fallback whom scenes go to when the provider is broken; null for the default, empty for nobody
 * @param plan that it must still be; null for whatever it is
 * @param priority among the jobs that wait for a worker
 */
record RenderWish(String provider, List<String> fallback, PlanDigest plan, JobPriority priority) {
    static final RenderWish DEFAULT = new RenderWish(null, null, null, JobPriority.NORMAL);

    /** @param request null for the default */
    static RenderWish of(RenderResource.RenderRequest request) {
        return request == null
                ? DEFAULT
                : new RenderWish(
                        request.provider(),
                        request.fallback(),
                        request.planDigest() == null ? null : PlanDigest.parse(request.planDigest()),
                        request.priority() == null ? JobPriority.NORMAL : request.priority());
    }
}
