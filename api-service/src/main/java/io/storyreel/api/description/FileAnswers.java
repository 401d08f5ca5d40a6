package io.storyreel.api.description;

import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.media.Content;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

import java.util.List;

/** Files are all handed out by the same route: in parts, only if changed, under a name. */
final class FileAnswers {
    private static final String BINARY = "binary";

    private FileAnswers() {}

    static void describe(OpenAPI document) {
        Operations.each(document, (method, path, operation, parameters) -> {
            APIResponse whole = operation.getResponses().getAPIResponse("200");
            if (whole != null && isFile(whole.getContent())) {
                addHeaders(whole, "ETag", "Content-Disposition");
                addParts(operation.getResponses(), whole.getContent());
                List.of("Range", "IfRange", "IfNoneMatch").forEach(name -> add(document, operation, parameters, name));
            }
        });
    }

    private static boolean isFile(Content content) {
        return content != null
                && content.getMediaTypes() != null
                && content.getMediaTypes().values().stream()
                        .anyMatch(media -> media.getSchema() != null
                                && BINARY.equals(media.getSchema().getFormat()));
    }

    private static void addParts(APIResponses responses, Content content) {
        APIResponse part = responses.getAPIResponse("206");
        if (part == null) {
            part = OASFactory.createAPIResponse().description("The part asked for with Range");
            responses.addAPIResponse("206", part);
        }
        addHeaders(part, "ETag", "Content-Range");
        part.setContent(content);
        if (!responses.hasAPIResponse("304")) {
            responses.addAPIResponse(
                    "304",
                    OASFactory.createAPIResponse().description("Not changed since the entity tag in If-None-Match"));
        }
        if (!responses.hasAPIResponse("416")) {
            responses.addAPIResponse("416", OASFactory.createAPIResponse().description("The file has no such part"));
        }
    }

    private static void addHeaders(APIResponse response, String... names) {
        for (String name : names) {
            if (response.getHeaders() == null || !response.getHeaders().containsKey(name)) {
                response.addHeader(name, OASFactory.createHeader().ref(name.replace("-", "")));
            }
        }
    }

    private static void add(OpenAPI document, Operation operation, List<Parameter> parameters, String name) {
        Parameter common = document.getComponents().getParameters().get(name);
        if (parameters.stream().noneMatch(parameter -> common.getName().equals(parameter.getName()))) {
            operation.addParameter(OASFactory.createParameter().ref(name));
        }
    }
}
