package io.storyreel.api.description;

import org.eclipse.microprofile.openapi.models.OpenAPI;
import org.eclipse.microprofile.openapi.models.Operation;
import org.eclipse.microprofile.openapi.models.PathItem;
import org.eclipse.microprofile.openapi.models.parameters.Parameter;

import java.util.ArrayList;
import java.util.List;

/** Walks through every operation of a description. */
final class Operations {
    private Operations() {}

    @FunctionalInterface
    interface Visitor {
        void visit(String method, String path, Operation operation, List<Parameter> parameters);
    }

    /** Parameters of a path belong to each of its operations, and those that are named elsewhere are looked up. */
    static void each(OpenAPI document, Visitor visitor) {
        document.getPaths().getPathItems().forEach((path, item) -> item.getOperations()
                .forEach((method, operation) ->
                        visitor.visit(method.name(), path, operation, parameters(document, item, operation))));
    }

    private static List<Parameter> parameters(OpenAPI document, PathItem item, Operation operation) {
        List<Parameter> all = new ArrayList<>();
        if (item.getParameters() != null) {
            all.addAll(item.getParameters());
        }
        if (operation.getParameters() != null) {
            all.addAll(operation.getParameters());
        }
        return all.stream()
                .map(parameter -> parameter.getRef() == null
                        ? parameter
                        : document.getComponents().getParameters().get(name(parameter.getRef())))
                .toList();
    }

    static String name(String reference) {
        return reference.substring(reference.lastIndexOf('/') + 1);
    }
}
