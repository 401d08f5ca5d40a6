package io.storyreel.api.webhook;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.idempotency.ReservedId;
import io.storyreel.api.page.Listing;
import io.storyreel.api.page.Page;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PATCH;
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
import org.jboss.resteasy.reactive.RestResponse;

import java.time.Instant;
import java.util.UUID;

/** Whom a workspace tells how its renders ended. */
@Path("/api/v1/video/workspaces/{workspace}/webhooks")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Webhooks")
public class WebhookResource {
    private static final String NONE_SUCH = "There is no such endpoint in this workspace";

    private final WebhookEndpoints endpoints;
    private final ReceiverAddresses addresses;

    /** A secret, shown this once. */
    @Schema(name = "WebhookDefaultSecret")
    public record DefaultSecret(
            @Schema(description = "whsec_ and 32 bytes in base64; never shown again") String secret,
            @Schema(description = "Until when the secret before signs too; null: there was none")
                    Instant previousSecretUntil) {}

    public WebhookResource(WebhookEndpoints endpoints, ReceiverAddresses addresses) {
        this.endpoints = endpoints;
        this.addresses = addresses;
    }

    @POST
    @Operation(
            operationId = "createWebhook",
            summary = "Register an endpoint that is told how renders end",
            description = "At most 10 a workspace. Deliveries are signed as https://www.standardwebhooks.com says.")
    @APIResponse(
            responseCode = "201",
            description = "The endpoint and, this once, its secret",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = WebhookEndpoint.class)))
    @APIResponse(
            responseCode = "400",
            description =
                    "The address is none, is not known or leads into a private network, or there is no such event")
    @APIResponse(responseCode = "409", description = "The workspace has 10 endpoints already")
    public Uni<RestResponse<WebhookEndpoint>> create(
            @RestPath UUID workspace, EndpointRequest request, @Context UriInfo uri) {
        requireBody(request).checkedEvents();
        ReservedId reserved = ReservedId.current();
        return reserved.madeOr(id -> endpoints.withSecret(workspace, id), () -> addresses
                        .check("url", request.url())
                        .chain(() -> endpoints.add(workspace, reserved.value(), request)))
                .map(made -> RestResponse.ResponseBuilder.<WebhookEndpoint>created(uri.getAbsolutePathBuilder()
                                .path(made.id().toString())
                                .build())
                        .entity(made)
                        .build());
    }

    @GET
    @Operation(
            operationId = "listWebhooks",
            summary = "Endpoints, newest first; those that projects named as webhook_url included")
    @APIResponse(responseCode = "200", description = "A page of endpoints")
    @APIResponse(responseCode = "400", description = "limit or cursor cannot be")
    public Uni<Page<WebhookEndpoint>> list(
            @RestPath UUID workspace, @RestQuery String limit, @RestQuery String cursor, @Context UriInfo uri) {
        return endpoints.list(workspace, Listing.of(uri));
    }

    @GET
    @Path("/{id}")
    @Operation(operationId = "getWebhook", summary = "An endpoint, and why it was switched off if it was")
    @APIResponse(responseCode = "200", description = "The endpoint, without its secret")
    @APIResponse(responseCode = "404", description = NONE_SUCH)
    public Uni<WebhookEndpoint> get(@RestPath UUID workspace, @RestPath UUID id) {
        return endpoints.find(workspace, id);
    }

    @PATCH
    @Path("/{id}")
    @Operation(
            operationId = "changeWebhook",
            summary = "Change the named fields",
            description = "Switched off, its pending deliveries end as failed; they can be replayed.")
    @APIResponse(responseCode = "200", description = "The endpoint")
    @APIResponse(responseCode = "400", description = "As for a new one, or nothing is named")
    @APIResponse(responseCode = "404", description = NONE_SUCH)
    @APIResponse(responseCode = "409", description = "The address of an endpoint of projects is changed in those")
    public Uni<WebhookEndpoint> change(@RestPath UUID workspace, @RestPath UUID id, EndpointRequest request) {
        if (requireBody(request).saysNothing()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, "Nothing is to be changed: name url, events or enabled.");
        }
        request.checkedEvents();
        return endpoints
                .find(workspace, id)
                .call(endpoint -> request.url() == null
                        ? Uni.createFrom().voidItem()
                        : addresses.check("url", requireRegistered(endpoint, request.url())))
                .chain(() -> endpoints.change(workspace, id, request));
    }

    @DELETE
    @Path("/{id}")
    @ResponseStatus(204)
    @Operation(
            operationId = "deleteWebhook",
            summary = "Forget an endpoint and its deliveries",
            description = "One that projects name comes back when the next of their renders ends; to hear no more of"
                    + " it, switch it off.")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "404", description = NONE_SUCH)
    public Uni<Void> delete(@RestPath UUID workspace, @RestPath UUID id) {
        return endpoints.remove(workspace, id);
    }

    @POST
    @Path("/{id}/rotate")
    @Operation(operationId = "rotateWebhookSecret", summary = "Give an endpoint a new secret")
    @APIResponse(
            responseCode = "200",
            description = "The endpoint and, this once, its new secret. For 24 hours the one before signs too")
    @APIResponse(responseCode = "404", description = NONE_SUCH)
    @APIResponse(responseCode = "409", description = "Endpoints of projects have the workspace's default secret")
    public Uni<WebhookEndpoint> rotate(@RestPath UUID workspace, @RestPath UUID id) {
        ReservedId once = ReservedId.current();
        return endpoints
                .find(workspace, id)
                .invoke(endpoint -> requireRegistered(endpoint, null))
                .chain(() ->
                        once.isDone() ? endpoints.withSecret(workspace, id) : endpoints.rotate(workspace, id, once));
    }

    @POST
    @Path("/default-secret/rotate")
    @Operation(
            operationId = "rotateDefaultWebhookSecret",
            summary = "Make a secret for the addresses that projects name, or a new one")
    @APIResponse(
            responseCode = "200",
            description = "The secret, shown this once. For 24 hours the one before signs too")
    public Uni<DefaultSecret> rotateDefault(@RestPath UUID workspace) {
        ReservedId once = ReservedId.current();
        return (once.isDone() ? endpoints.defaultSecret(workspace) : endpoints.rotateDefault(workspace, once))
                .map(made -> new DefaultSecret(made.secret(), made.previousUntil()));
    }

    private static EndpointRequest requireBody(EndpointRequest request) {
        if (request == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, "The body is missing: send {\"url\": \"https://…\"}.");
        }
        return request;
    }

    private static String requireRegistered(WebhookEndpoint endpoint, String url) {
        if (endpoint.isOfProjects()) {
            throw new ProblemException(
                    ProblemCode.CONFLICT,
                    "This endpoint is the webhook_url of projects: change the address there, and the secret with POST"
                            + " /webhooks/default-secret/rotate.");
        }
        return url;
    }
}
