package io.storyreel.api.health;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.auth.Open;
import io.storyreel.api.provider.ProviderBoard;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.security.SecurityRequirementsSet;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.RestResponse;

import java.time.Clock;

/** Tells without a token whether videos can be made, and by whom. */
@Open
@Path("/health/video")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Health")
public class VideoHealthResource {
    private final ProviderBoard board;
    private final Clock clock;

    public VideoHealthResource(ProviderBoard board, Clock clock) {
        this.board = board;
        this.clock = clock;
    }

    @GET
    @Operation(operationId = "videoHealth", summary = "How the providers fare")
    @SecurityRequirementsSet
    @APIResponse(
            responseCode = "200",
            description = "Videos can be made: up, or degraded if a provider that is set up is in trouble",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VideoHealth.class)))
    @APIResponse(
            responseCode = "503",
            description = "down: no worker lives, or everybody who renders is left alone",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = VideoHealth.class)))
    public Uni<RestResponse<VideoHealth>> health() {
        return board.states()
                .map(states -> VideoHealth.of(states, clock.instant()))
                .map(health -> RestResponse.status(
                        "down".equals(health.status())
                                ? RestResponse.Status.SERVICE_UNAVAILABLE
                                : RestResponse.Status.OK,
                        health));
    }
}
