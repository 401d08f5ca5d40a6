package io.storyreel.api.budget;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.page.Parameters;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.parameters.Parameter;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import java.time.Clock;
import java.time.LocalDate;
import java.util.UUID;

/** What a workspace has spent. */
@Path("/api/v1/video/workspaces/{workspace}/costs")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Money")
public class CostResource {
    private final Costs costs;
    private final Clock clock;

    CostResource(Costs costs, Clock clock) {
        this.costs = costs;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "getCosts", summary = "Charges by day and provider; this month unless asked otherwise")
    public Uni<CostAnswer> get(
            @RestPath UUID workspace,
            @Parameter(description = "First day, such as 2026-01-31 (UTC)") @RestQuery String from,
            @Parameter(description = "Last day; at most 366 days altogether") @RestQuery String to) {
        CostPeriod period =
                CostPeriod.of(Parameters.date("from", from), Parameters.date("to", to), LocalDate.now(clock));
        return costs.charges(workspace, period).chain(charges -> costs.freeRenders(workspace, period)
                .map(free -> CostAnswer.of(period, charges, free)));
    }
}
