package io.storyreel.api.render;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.plan.RenderPlan;
import io.storyreel.api.provider.ProviderChains;
import io.storyreel.common.job.JobPriority;
import jakarta.ws.rs.Consumes;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.List;
import java.util.UUID;

/** Tells what a render would buy. */
@Path("/api/v1/video/workspaces/{workspace}/projects/{project}/plan")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Renders")
public class PlanResource {
    private final RenderPricing pricing;
    private final ReadyProjects projects;

    /** @param provider null for the default; so is {@code fallback}, whose empty list means nobody */
    public record PlanRequest(
            @Schema(description = "Who renders; null for the default", maxLength = ProviderChains.LONGEST_NAME)
                    String provider,
            @Schema(
                            description = "Whom scenes go to when the provider is broken; null for the default",
                            maxItems = ProviderChains.MOST_FALLBACKS,
                            uniqueItems = true)
                    List<String> fallback) {
        RenderWish wish() {
            return new RenderWish(provider, fallback, null, JobPriority.NORMAL);
        }
    }

    public PlanResource(RenderPricing pricing, ReadyProjects projects) {
        this.pricing = pricing;
        this.projects = projects;
    }

    @POST
    @Consumes({MediaType.APPLICATION_JSON, MediaType.WILDCARD})
    @Operation(operationId = "plan", summary = "What a render would buy, and what it would cost; buys nothing")
    @APIResponse(
            responseCode = "200",
            description = "The plan; its digest makes a render insist on it",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = RenderPlan.class)))
    @APIResponse(responseCode = "404", description = "No such project")
    @APIResponse(
            responseCode = "422",
            description = "A scene has no picture yet, or a provider is not set up or cannot make the shape")
    public Uni<RenderPlan> plan(
            @RestPath UUID workspace,
            @RestPath UUID project,
            @RequestBody(
                            required = false,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = PlanRequest.class)))
                    PlanRequest request) {
        RenderWish wish = request == null ? RenderWish.DEFAULT : request.wish();
        return pricing.choose(wish)
                .chain(chosen -> projects.complete(workspace, project).chain(head -> pricing.plan(head, chosen)));
    }
}
