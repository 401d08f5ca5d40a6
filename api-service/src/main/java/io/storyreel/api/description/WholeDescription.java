package io.storyreel.api.description;

import io.quarkus.smallrye.openapi.OpenApiFilter;
import org.eclipse.microprofile.openapi.OASFilter;
import org.eclipse.microprofile.openapi.models.OpenAPI;

/**
 * Completes the description of the API with what is the same for many operations, so that no resource has to repeat it,
 * and with limits as the rules have them, so that no number is written twice. Last of all filters: it also completes
 * what they add.
 */
@OpenApiFilter(value = OpenApiFilter.RunStage.BUILD, priority = 0)
public class WholeDescription implements OASFilter {

    @Override
    public void filterOpenAPI(OpenAPI document) {
        CommonAnswers.describe(document);
        BodyLimits.describe(document);
        NullableFields.describe(document);
        ParameterLimits.describe(document);
        FileAnswers.describe(document);
        Refusals.describe(document);
        Examples.describe(document);
    }
}
