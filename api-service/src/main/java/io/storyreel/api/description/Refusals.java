package io.storyreel.api.description;

import io.storyreel.common.problem.Problem;
import io.storyreel.common.problem.ProblemCode;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.Components;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Set;

/** Every operation's refusals: those that all have for the same reason, and the problem document in each. */
final class Refusals {
    private static final Set<String> UNSAFE = Set.of("POST", "PUT", "PATCH", "DELETE");
    private static final String JSON = "application/json";

    private Refusals() {}

    static void describe(OpenAPI document) {
        Components components = document.getComponents();
        Schema code = components.getSchemas().get("Problem").getProperties().get("code");
        // Not an enum: a client that was generated today has to understand the answers of tomorrow.
        code.addExtension(
                "x-extensible-enum",
                Arrays.stream(ProblemCode.values()).map(ProblemCode::wireName).toList());
        Operations.each(
                document,
                (method, path, operation, parameters) -> addCommon(document, method, path, operation, parameters));
        Operations.each(document, (method, path, operation, parameters) -> tellProblems(operation.getResponses()));
        components.getResponses().values().forEach(Refusals::tellProblem);
    }

    private static void addCommon(
            OpenAPI document, String method, String path, Operation operation, List<Parameter> parameters) {
        APIResponses responses = operation.getResponses();
        Content body = operation.getRequestBody() == null
                ? null
                : operation.getRequestBody().getContent();
        if (body != null || !parameters.isEmpty()) {
            add(responses, "400", "BadRequest");
        }
        if (!isOpen(operation)) {
            add(responses, "401", "Unauthorized");
            if (UNSAFE.contains(method)) {
                add(responses, "403", "Forbidden");
            }
        }
        if (path.contains("{")) {
            add(responses, "404", "NotFound");
        }
        if (isJsonOnly(responses)) {
            add(responses, "406", "NotAcceptable");
        }
        if (body != null) {
            add(responses, "413", "TooLarge");
            add(responses, "415", "UnsupportedMediaType");
            if (body.hasMediaType(JSON)) {
                add(responses, "411", "LengthRequired");
            }
        }
        add(responses, "503", "Unavailable");
    }

    /** An operation without a word about security has that of the whole description. */
    private static boolean isOpen(Operation operation) {
        return operation.getSecurity() != null
                && operation.getSecurity().stream()
                        .allMatch(requirement -> requirement.getSchemes() == null
                                || requirement.getSchemes().isEmpty());
    }

    /** What answers with files or events as well does not look at Accept. */
    private static boolean isJsonOnly(APIResponses responses) {
        List<Content> answers = responses.getAPIResponses().entrySet().stream()
                .filter(answer -> answer.getKey().startsWith("2"))
                .map(answer -> answer.getValue().getContent())
                .filter(Objects::nonNull)
                .toList();
        return !answers.isEmpty()
                && answers.stream()
                        .allMatch(content -> content.getMediaTypes().keySet().equals(Set.of(JSON)));
    }

    private static void add(APIResponses responses, String status, String name) {
        if (!responses.hasAPIResponse(status)) {
            responses.addAPIResponse(status, OASFactory.createAPIResponse().ref(name));
        }
    }

    private static void tellProblems(APIResponses responses) {
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.compareTo("400") >= 0 && response.getRef() == null) {
                tellProblem(response);
            }
        });
    }

    /** Unless it has a body of its own. */
    private static void tellProblem(APIResponse response) {
        if (response.getContent() == null || response.getContent().getMediaTypes() == null) {
            response.setContent(OASFactory.createContent()
                    .addMediaType(
                            Problem.MEDIA_TYPE,
                            OASFactory.createMediaType()
                                    .schema(OASFactory.createSchema().ref("Problem"))));
        }
    }
}
