package io.storyreel.api.description;

import io.storyreel.api.idempotency.KeyedOperations;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.headers.Header;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;
import org.eclipse.microprofile.openapi.models.responses.APIResponse;
import org.eclipse.microprofile.openapi.models.responses.APIResponses;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is true of every request, which is counted, and of those that may be repeated without being done again. */
final class CommonAnswers {
    private static final String LIMITED = "RateLimited";
    private static final String KEY = "IdempotencyKey";
    private static final String REPLAYED = "IdempotentReplayed";

    private static final String TOO_MANY =
            "Too many requests of this kind (rate_limited): wait as long as Retry-After says";
    private static final String KEY_CONFLICT =
            "The Idempotency-Key stands for another request (idempotency_key_reused), or the first request with it is"
                    + " under way (idempotency_key_in_use, with Retry-After)";

    private CommonAnswers() {}

    static void describe(OpenAPI document) {
        document.getComponents()
                .addResponse(LIMITED, limited(OASFactory.createAPIResponse().description(TOO_MANY)))
                .addParameter(KEY, key())
                .addHeader(REPLAYED, header("true: it was done before, and this is the answer of then", "true"));
        Operations.each(document, (method, path, operation, parameters) -> {
            APIResponses responses = operation.getResponses();
            addLimit(responses);
            if (KeyedOperations.include(method, path)) {
                operation.addParameter(OASFactory.createParameter().ref(KEY));
                addKeyed(responses);
            }
        });
    }

    private static void addLimit(APIResponses responses) {
        APIResponse own = responses.getAPIResponse("429");
        if (own == null) {
            responses.addAPIResponse("429", OASFactory.createAPIResponse().ref(LIMITED));
        } else {
            limited(own).setDescription(own.getDescription() + ". " + TOO_MANY);
        }
    }

    private static void addKeyed(APIResponses responses) {
        responses.getAPIResponses().forEach((status, response) -> {
            if (status.startsWith("2")) {
                response.addHeader(
                        KeyedOperations.REPLAYED, OASFactory.createHeader().ref(REPLAYED));
            }
        });
        APIResponse own = responses.getAPIResponse("409");
        if (own == null) {
            responses.addAPIResponse("409", OASFactory.createAPIResponse().description(KEY_CONFLICT));
        } else {
            own.setDescription(own.getDescription() + ". " + KEY_CONFLICT);
        }
    }

    private static APIResponse limited(APIResponse response) {
        Map<String, Header> headers = new LinkedHashMap<>();
        headers.put("Retry-After", header("In how many seconds the next one is let through", "2"));
        headers.put(
                "RateLimit-Policy",
                header("How many (q) in how many seconds (w); in every answer", "\"writes\";q=12000;w=60"));
        headers.put(
                "RateLimit",
                header(
                        "How many are left (r), and in how many seconds all are again (t); in every answer",
                        "\"writes\";r=11998;t=1"));
        headers.forEach(response::addHeader);
        return response;
    }

    private static Header header(String description, String example) {
        return OASFactory.createHeader()
                .description(description)
                .schema(OASFactory.createSchema().type(List.of(Schema.SchemaType.STRING)))
                .example(example);
    }

    private static Parameter key() {
        return OASFactory.createParameter()
                .name(KeyedOperations.HEADER)
                .in(Parameter.In.HEADER)
                .description(
                        "A name of your own for this request, such as a random UUID. Repeated within 24 hours with the"
                                + " same key, it is not done again: the answer is that of the first time")
                .schema(OASFactory.createSchema()
                        .type(List.of(Schema.SchemaType.STRING))
                        .minLength(1)
                        .maxLength(KeyedOperations.LONGEST_KEY)
                        .pattern("^[ -~]+$"));
    }
}
