package io.storyreel.api.progress;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Every open stream of this process: keeps them alive, and ends them when the process does. */
@ApplicationScoped
class OpenStreams {
    private final ProgressSettings settings;
    private final Vertx vertx;
    private final Set<EventClient> clients = ConcurrentHashMap.newKeySet();

    OpenStreams(ProgressSettings settings, Vertx vertx) {
        this.settings = settings;
        this.vertx = vertx;
    }

    /** One timer for all of them. */
    void start(@Observes StartupEvent start) {
        vertx.setPeriodic(
                settings.heartbeat().toMillis(), tick -> clients.forEach(client -> client.send(EventText.HEARTBEAT)));
    }

    /** Without this an open stream would hold up the whole shutdown and then break in the middle. */
    void stop(@Observes ShutdownDelayInitiatedEvent stop) {
        clients.forEach(EventClient::end);
    }

    /**
     * Begins the stream's answer.
     *
     * @param onGone told once when the stream has ended, whoever ended it
     */
    EventClient open(RoutingContext context, Runnable onGone) {
        if (clients.size() >= settings.mostStreams()) {
            throw new ProblemException(
                    ProblemCode.UNAVAILABLE, "Too many streams are open here; try again in a moment.");
        }
        EventClient client = new EventClient(
                context.response(), (int) settings.clientBuffer().asLongValue());
        clients.add(client);
        // Later and on its own, because the end may come in the middle of a write, under the locks of whoever writes.
        context.addEndHandler(ended -> vertx.runOnContext(later -> {
            client.gone();
            clients.remove(client);
            onGone.run();
        }));
        client.open(EventText.retry(settings.retry()));
        return client;
    }
}
