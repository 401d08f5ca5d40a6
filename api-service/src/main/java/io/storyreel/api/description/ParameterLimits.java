package io.storyreel.api.description;

import io.storyreel.api.asset.UploadTickets;
import io.storyreel.api.export.PresetRequest;
import io.storyreel.api.page.Cursor;
import io.storyreel.api.page.Parameters;
import io.storyreel.api.problem.HeaderLimits;
import io.storyreel.api.render.TraceContext;
import io.storyreel.common.job.JobKind;
import io.storyreel.common.job.JobStatus;
import org.eclipse.microprofile.openapi.OASFactory;
import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.media.Schema;
import org.eclipse.microprofile.openapi.models.media.Schema.SchemaType;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

import java.math.BigDecimal;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** What parameters may be that many operations have under the same name. Those that say it themselves stay as they are. */
final class ParameterLimits {
    private static final Map<String, Supplier<Schema>> KNOWN = Map.ofEntries(
            Map.entry("limit", ParameterLimits::pageSize),
            Map.entry("cursor", () -> text("[A-Za-z0-9_-]+").maxLength(Cursor.LONGEST)),
            Map.entry("approved", () -> schema(SchemaType.BOOLEAN)),
            Map.entry("project_id", () -> schema(SchemaType.STRING).format("uuid")),
            Map.entry("created_after", () -> schema(SchemaType.STRING).format("date-time")),
            Map.entry("from", () -> schema(SchemaType.STRING).format("date")),
            Map.entry("to", () -> schema(SchemaType.STRING).format("date")),
            Map.entry("upload_id", () -> text(UploadTickets.FORM)),
            Map.entry("name", () -> text(PresetRequest.NAME)),
            Map.entry("traceparent", () -> text(TraceContext.FORM)),
            Map.entry("If-Match", ParameterLimits::header),
            Map.entry("If-None-Match", ParameterLimits::header),
            Map.entry("If-Range", ParameterLimits::header),
            Map.entry("Range", ParameterLimits::header),
            Map.entry("Prefer", () -> header().examples(List.of("respond-async"))));

    private static final Map<String, String> DESCRIPTIONS = Map.of(
            "limit", "How many at most",
            "cursor", "next_cursor of the page before, unchanged; the first page without it",
            "traceparent", "The caller's trace (W3C Trace Context)");

    private ParameterLimits() {}

    static void describe(OpenAPI document) {
        Operations.each(
                document,
                (method, path, operation, parameters) -> parameters.forEach(parameter -> {
                    if (operation.getOperationId().equals("listJobs")) {
                        describeJobFilter(parameter);
                    }
                    if (operation.getOperationId().equals("listProjects")
                            && parameter.getName().equals("status")) {
                        parameter.setSchema(OASFactory.createSchema().ref("ProjectStatus"));
                    }
                    if (parameter.getName().equals("scene_order")) {
                        parameter.getSchema().getItems().minimum(BigDecimal.ONE);
                    }
                    describe(parameter);
                }));
    }

    private static void describe(Parameter parameter) {
        Supplier<Schema> known = KNOWN.get(parameter.getName());
        if (known != null && saysNothing(parameter.getSchema())) {
            parameter.setSchema(known.get());
        }
        if (parameter.getDescription() == null) {
            parameter.setDescription(DESCRIPTIONS.get(parameter.getName()));
        }
    }

    private static void describeJobFilter(Parameter parameter) {
        if (parameter.getName().equals("status")) {
            parameter.setSchema(oneOf(
                    Arrays.stream(JobStatus.values()).map(JobStatus::wireName).toList()));
        } else if (parameter.getName().equals("kind")) {
            parameter.setSchema(
                    oneOf(Arrays.stream(JobKind.values()).map(JobKind::wireName).toList()));
        }
    }

    private static boolean saysNothing(Schema schema) {
        return schema == null
                || schema.getRef() == null
                        && List.of(SchemaType.STRING).equals(schema.getType())
                        && schema.getFormat() == null
                        && schema.getPattern() == null
                        && schema.getMaxLength() == null
                        && schema.getEnumeration() == null;
    }

    private static Schema pageSize() {
        return schema(SchemaType.INTEGER)
                .minimum(BigDecimal.ONE)
                .maximum(BigDecimal.valueOf(Parameters.LARGEST_LIMIT))
                .defaultValue(Parameters.DEFAULT_LIMIT);
    }

    private static Schema oneOf(List<String> names) {
        return schema(SchemaType.STRING).enumeration(List.copyOf(names));
    }

    private static Schema text(String pattern) {
        return schema(SchemaType.STRING).pattern(pattern);
    }

    private static Schema header() {
        return schema(SchemaType.STRING).maxLength(HeaderLimits.LONGEST);
    }

    private static Schema schema(SchemaType type) {
        return OASFactory.createSchema().type(List.of(type));
    }
}
