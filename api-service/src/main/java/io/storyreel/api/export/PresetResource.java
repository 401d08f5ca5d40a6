package io.storyreel.api.export;

import io.smallrye.mutiny.Uni;
import io.storyreel.api.page.Page;
import io.storyreel.common.export.BuiltInPreset;
import io.storyreel.common.export.ExportParameters;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.storyreel.common.problem.Violation;
import jakarta.ws.rs.DELETE;
import jakarta.ws.rs.GET;
import jakarta.ws.rs.PUT;
import jakarta.ws.rs.Path;
import jakarta.ws.rs.Produces;
import jakarta.ws.rs.core.MediaType;
import org.eclipse.microprofile.openapi.annotations.Operation;
import org.eclipse.microprofile.openapi.annotations.media.Content;
import org.eclipse.microprofile.openapi.annotations.media.Schema;
import org.eclipse.microprofile.openapi.annotations.parameters.RequestBody;
import org.eclipse.microprofile.openapi.annotations.responses.APIResponse;
import org.eclipse.microprofile.openapi.annotations.tags.Tag;
import org.jboss.resteasy.reactive.ResponseStatus;
import org.jboss.resteasy.reactive.RestPath;
import org.jboss.resteasy.reactive.RestResponse;

import java.util.List;
import java.util.UUID;
import java.util.regex.Pattern;

/** Names for sizes and bitrates of exports. */
@Path("/api/v1/video/workspaces/{workspace}/presets")
@Produces(MediaType.APPLICATION_JSON)
@Tag(name = "Exports")
public class PresetResource {
    private static final Pattern NAME = Pattern.compile(PresetRequest.NAME);

    private final ExportPresets presets;
    private final CustomPresets custom;

    PresetResource(ExportPresets presets, CustomPresets custom) {
        this.presets = presets;
        this.custom = custom;
    }

    @GET
    @Operation(operationId = "listPresets", summary = "All presets: those of everybody, then the workspace's own")
    @APIResponse(responseCode = "200", description = "All of them; a workspace has at most 50 of its own")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such workspace")
    public Uni<Page<PresetAnswer>> list(@RestPath UUID workspace) {
        return presets.all(workspace).map(all -> {
            List<PresetAnswer> items = all.entrySet().stream()
                    .map(preset -> PresetAnswer.of(preset.getKey(), preset.getValue()))
                    .toList();
            return new Page<>(items, null);
        });
    }

    @GET
    @Path("/{name}")
    @Operation(operationId = "getPreset", summary = "A preset")
    @APIResponse(
            responseCode = "200",
            description = "The preset",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PresetAnswer.class)))
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such preset")
    public Uni<PresetAnswer> get(@RestPath UUID workspace, @RestPath String name) {
        return presets.all(workspace).map(all -> {
            ExportParameters preset = all.get(name);
            if (preset == null) {
                throw missing();
            }
            return PresetAnswer.of(name, preset);
        });
    }

    @PUT
    @Path("/{name}")
    @Operation(
            operationId = "setPreset",
            summary = "Make or change a preset",
            description = "Exports that were asked for before stay as they are.")
    @APIResponse(
            responseCode = "200",
            description = "Changed",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PresetAnswer.class)))
    @APIResponse(
            responseCode = "201",
            description = "Made",
            content =
                    @Content(
                            mediaType = MediaType.APPLICATION_JSON,
                            schema = @Schema(implementation = PresetAnswer.class)))
    @APIResponse(responseCode = "400", description = "A value is missing or out of its limits, or the name cannot be")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "No such workspace")
    @APIResponse(responseCode = "409", description = "The workspace has 50 presets already")
    public Uni<RestResponse<PresetAnswer>> set(
            @RestPath UUID workspace,
            @RestPath String name,
            @RequestBody(
                            required = true,
                            content =
                                    @Content(
                                            mediaType = MediaType.APPLICATION_JSON,
                                            schema = @Schema(implementation = PresetRequest.class)))
                    PresetRequest request) {
        requireName(name);
        if (request == null) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST,
                    "The body is missing: send {\"width\": 1080, \"height\": 1080, \"video_kbps\": 4000,"
                            + " \"audio_kbps\": 192}.");
        }
        ExportParameters preset = request.parameters();
        return custom.save(workspace, name, preset).map(saved -> switch (saved) {
            case TOO_MANY ->
                throw new ProblemException(
                        ProblemCode.CONFLICT,
                        "A workspace has at most " + CustomPresets.MOST + " presets: delete one first.");
            case CREATED -> RestResponse.status(RestResponse.Status.CREATED, PresetAnswer.of(name, preset));
            case CHANGED -> RestResponse.ok(PresetAnswer.of(name, preset));
        });
    }

    @DELETE
    @Path("/{name}")
    @ResponseStatus(204)
    @Operation(operationId = "deletePreset", summary = "Forget a preset", description = "Its exports stay.")
    @APIResponse(responseCode = "204", description = "It is gone")
    @APIResponse(responseCode = "401", description = "No valid token")
    @APIResponse(responseCode = "404", description = "The workspace has no such preset of its own")
    public Uni<Void> delete(@RestPath UUID workspace, @RestPath String name) {
        // The database knows no NUL, and no preset has such a name.
        Uni<Boolean> deleted = NAME.matcher(name).matches()
                ? custom.delete(workspace, name)
                : Uni.createFrom().item(false);
        return deleted.invoke(found -> {
                    if (!found) {
                        throw missing();
                    }
                })
                .replaceWithVoid();
    }

    private static void requireName(String name) {
        String rule = BuiltInPreset.named(name) != null
                ? "is everybody's and cannot be changed: choose another name"
                : "must be 1 to 40 of a-z, 0-9, - and _, beginning with a letter or digit";
        if (BuiltInPreset.named(name) != null || !NAME.matcher(name).matches()) {
            throw new ProblemException(
                    ProblemCode.INVALID_REQUEST, "The name " + rule + ".", List.of(new Violation("name", rule)));
        }
    }

    private static ProblemException missing() {
        return new ProblemException(ProblemCode.NOT_FOUND, "There is no such preset in this workspace.");
    }
}
