package io.storyreel.api.budget;

import io.smallrye.mutiny.Uni;
import io.storyreel.common.budget.Budgets;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestPath;

import java.util.UUID;

/** What a workspace may spend. */
@Path("/api/v1/video/workspaces/{workspace}/budget")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Money")
public class BudgetResource {
    private final Budgets budgets;

    public BudgetResource(Budgets budgets) {
        this.budgets = budgets;
    }

    @GET
    @Operation(operationId = "getBudget", summary = "Limits, and what is spent, reserved and left of them")
    public Uni<BudgetAnswer> get(@RestPath UUID workspace) {
        return budgets.standing(workspace).map(BudgetAnswer::of);
    }

    @PUT
    @Operation(operationId = "setBudget", summary = "Set both limits")
    @APIResponse(responseCode = "200", description = "The budget. Renders that were accepted before go on")
    @APIResponse(responseCode = "400", description = "A limit is missing, negative, too large or too fine")
    public Uni<BudgetAnswer> set(@RestPath UUID workspace, BudgetRequest request) {
        if (request == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "The body is missing: send {\"daily_limit\": 10, \"monthly_limit\": null}.");
        }
        return budgets.limit(workspace, request.limits()).map(BudgetAnswer::of);
    }
}
