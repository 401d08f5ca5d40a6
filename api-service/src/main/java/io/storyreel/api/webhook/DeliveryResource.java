package io.storyreel.api.webhook;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.idempotency.ReservedId;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.POST;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.Context;
import jakarta.ws.rs.core.MediaType;
import jakarta.ws.rs.core.UriInfo;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestQuery;

import java.util.UUID;

/** What an endpoint was told. */
@Path("/api/v1/video/workspaces/{workspace}/webhooks/{id}")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
public class DeliveryResource {
    private static final String NONE_SUCH = "There is no such endpoint in this workspace, or no such delivery of it";

    private final WebhookEndpoints endpoints;
    private final WebhookDeliveries deliveries;

    /** A delivery that a worker makes now. */
    @Schema(name = "WebhookDeliveryAccepted")
    public record Accepted(@Schema(description = "Read it below /deliveries") UUID deliveryId) {}

    public DeliveryResource(WebhookEndpoints endpoints, WebhookDeliveries deliveries) {
        this.endpoints = endpoints;
        this.deliveries = deliveries;
    }

    @POST
    @Path("/test")
    @ResponseStatus(202)
    @Operation(operationId = "testWebhook", summary = "Send a signed event of the type webhook.test")
    @APIResponse(
            responseCode = "202",
            description = "A worker delivers it, as often as it would an event",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "404", description = NONE_SUCH)
    @APIResponse(responseCode = "409", description = "The endpoint is switched off")
    public Uni<Accepted> test(@RestPath UUID workspace, @RestPath UUID id) {
        ReservedId reserved = ReservedId.current();
        return endpoints
                .find(workspace, id)
                .chain(endpoint -> reserved.madeOr(
                        made -> deliveries.made(id, made), () -> deliveries.test(endpoint, reserved.value())))
                .map(made -> new Accepted(made.id()));
    }

    @GET
    @Path("/deliveries")
    @Operation(operationId = "listWebhookDeliveries", summary = "What the endpoint was told, newest first")
    @APIResponse(responseCode = "200", description = "A page of deliveries. They are kept for 30 days")
    @APIResponse(responseCode = "400", description = "limit or cursor cannot be")
    @APIResponse(responseCode = "404", description = NONE_SUCH)
    public Uni<Page<WebhookDelivery>> list(
            @RestPath UUID workspace,
            @RestPath UUID id,
            @RestQuery String limit,
            @RestQuery String cursor,
            @Context UriInfo uri) {
        Listing asked = Listing.of(uri);
        return endpoints.find(workspace, id).chain(endpoint -> deliveries.list(endpoint.id(), asked));
    }

    @GET
    @Path("/deliveries/{delivery}")
    @Operation(operationId = "getWebhookDelivery", summary = "A delivery with every attempt")
    @APIResponse(responseCode = "200", description = "The delivery")
    @APIResponse(responseCode = "404", description = NONE_SUCH)
    public Uni<WebhookDelivery> get(@RestPath UUID workspace, @RestPath UUID id, @RestPath UUID delivery) {
        return endpoints.find(workspace, id).chain(endpoint -> deliveries.find(endpoint.id(), delivery));
    }

    @POST
    @Path("/deliveries/{delivery}/replay")
    @ResponseStatus(202)
    @Operation(
            operationId = "replayWebhookDelivery",
            summary = "Deliver it once more, under the same webhook-id and with all tries")
    @APIResponse(
            responseCode = "202",
            description = "A worker delivers it",
            content =
                    @Content(mediaType = MediaType.APPLICATION_JSON, schema = @Schema(implementation = Accepted.class)))
    @APIResponse(responseCode = "404", description = NONE_SUCH)
    @APIResponse(responseCode = "409", description = "The endpoint is switched off")
    public Uni<Accepted> replay(@RestPath UUID workspace, @RestPath UUID id, @RestPath UUID delivery) {
        return endpoints
                .find(workspace, id)
                .chain(endpoint -> deliveries.replay(endpoint, delivery))
                .map(again -> new Accepted(again.id()));
    }
}
