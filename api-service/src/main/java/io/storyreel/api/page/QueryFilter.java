package io.storyreel.api.page;

import io.vertx.core.http.HttpServerRequest;
import jakarta.ws.rs.QueryParam;
import jakarta.ws.rs.container.ContainerRequestContext;
import jakarta.ws.rs.container.ResourceInfo;
import org.jboss.resteasy.reactive.RestQuery;
import org.jboss.resteasy.reactive.server.ServerRequestFilter;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;
import java.util.Collection;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Refuses query parameters that a resource does not know, because a mistyped filter that is passed over in silence
 * answers another question than was asked; those that are empty; and those that are there twice, unless the resource
 * wants a list of them.
 */
public class QueryFilter {
    /** Names that a method knows, and whether each may be repeated. As many entries as there are methods. */
    private final Map<Method, Map<String, Boolean>> known = new ConcurrentHashMap<>();

    @ServerRequestFilter(nonBlocking = true)
    public void check(ContainerRequestContext context, HttpServerRequest request, ResourceInfo resource) {
        if (request.query() != null) {
            Map<String, Boolean> names = known.computeIfAbsent(resource.getResourceMethod(), QueryFilter::namesOf);
            Parameters.requireKnown(context.getUriInfo().getQueryParameters(), names);
        }
    }

    private static Map<String, Boolean> namesOf(Method method) {
        Map<String, Boolean> names = new TreeMap<>();
        for (Parameter parameter : method.getParameters()) {
            String name = nameOf(parameter);
            if (name != null) {
                names.put(name, Collection.class.isAssignableFrom(parameter.getType()));
            }
        }
        return names;
    }

    private static String nameOf(Parameter parameter) {
        RestQuery query = parameter.getAnnotation(RestQuery.class);
        if (query != null) {
            return query.value().isEmpty() ? parameter.getName() : query.value();
        }
        QueryParam standard = parameter.getAnnotation(QueryParam.class);
        return standard == null ? null : standard.value();
    }
}
