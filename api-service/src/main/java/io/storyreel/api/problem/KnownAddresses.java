package io.storyreel.api.problem;

import io.quarkus.arc.Arc;
import io.quarkus.arc.InjectableBean;
import io.vertx.ext.web.Router;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;
import jakarta.enterprise.inject.Any;
import jakarta.enterprise.inject.spi.Bean;
import jakarta.ws.rs.HttpMethod;
import jakarta.ws.rs.Path;

import java.lang.annotation.Annotation;
import java.lang.reflect.Method;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Pattern;

/**
 * Which methods each address knows, be it a resource's or a route's. The framework tells a wrong method from a wrong
 * address for some resources only, and for no route. Asked when a request has failed already.
 */
@ApplicationScoped
public class KnownAddresses {
    /** {name}, {name: form} and :name; a form has at most one pair of braces within. */
    private static final Pattern PARAMETER = Pattern.compile("\\{[^{}]*(\\{[^{}]*}[^{}]*)*}|:[A-Za-z0-9_]+");

    private final AtomicReference<Map<String, Set<String>>> known = new AtomicReference<>();
    private final AtomicReference<Router> routes = new AtomicReference<>();

    void register(@Observes Router router) {
        routes.set(router);
    }

    /** Of the address that fits best, which is the one with the fewest parameters; empty if none fits. */
    public Set<String> methodsOf(String path) {
        return all().entrySet().stream()
                .filter(address -> Pattern.matches(address.getKey(), path))
                .min(Comparator.comparingInt(address -> address.getKey().split("\\[\\^/]", -1).length))
                .map(Map.Entry::getValue)
                .orElse(Set.of());
    }

    private Map<String, Set<String>> all() {
        Map<String, Set<String>> found = known.get();
        if (found == null) {
            found = new TreeMap<>();
            addResources(found);
            addRoutes(found);
            known.set(found);
        }
        return found;
    }

    private static void addResources(Map<String, Set<String>> known) {
        for (Bean<?> bean : Arc.container().beanManager().getBeans(Object.class, Any.Literal.INSTANCE)) {
            Path path = bean instanceof InjectableBean<?> injectable
                    ? injectable.getImplementationClass().getAnnotation(Path.class)
                    : null;
            if (path != null) {
                for (Method method :
                        ((InjectableBean<?>) bean).getImplementationClass().getMethods()) {
                    Path below = method.getAnnotation(Path.class);
                    for (Annotation annotation : method.getAnnotations()) {
                        HttpMethod http = annotation.annotationType().getAnnotation(HttpMethod.class);
                        if (http != null) {
                            add(known, path.value() + (below == null ? "" : "/" + below.value()), http.value());
                        }
                    }
                }
            }
        }
    }

    private void addRoutes(Map<String, Set<String>> known) {
        routes.get().getRoutes().stream()
                .filter(route -> route.methods() != null && route.getPath() != null)
                .forEach(route -> route.methods().forEach(method -> add(known, route.getPath(), method.name())));
    }

    private static void add(Map<String, Set<String>> known, String template, String method) {
        String path = PARAMETER.matcher(template.replaceAll("//+", "/")).replaceAll("[^/]+");
        known.computeIfAbsent(path, any -> new TreeSet<>()).add(method);
    }
}
