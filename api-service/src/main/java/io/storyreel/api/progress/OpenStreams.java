package io.storyreel.api.progress;

import io.quarkus.runtime.ShutdownDelayInitiatedEvent;
import io.quarkus.runtime.StartupEvent;
import io.storyreel.common.problem.ProblemCode;
import io.storyreel.common.problem.ProblemException;
import io.vertx.core.Vertx;
import io.vertx.ext.web.RoutingContext;
import jakarta.enterprise.context.ApplicationScoped;
import jakarta.enterprise.event.Observes;

import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;

/** Every open stream of this process: keeps them alive, and ends them when the process does. */
@ApplicationScoped
class OpenStreams {
    private final ProgressSettings settings;
    private final Vertx vertx;

    /** With what is to be done when the client has gone. */
    private final ConcurrentMap<EventClient, Runnable> clients = new ConcurrentHashMap<>();

    OpenStreams(ProgressSettings settings, Vertx vertx) {
        this.settings = settings;
        this.vertx = vertx;
    }

    /** One timer for all of them. */
    void start(@Observes StartupEvent start) {
        vertx.setPeriodic(
                settings.heartbeat().toMillis(), tick -> clients.keySet().forEach(this::beat));
    }

    /** A connection that broke before its end was listened for is found here, and only here. */
    private void beat(EventClient client) {
        if (client.isBroken()) {
            drop(client);
        } else {
            client.send(EventText.HEARTBEAT);
        }
    }

    /** Without this an open stream would hold up the whole shutdown and then break in the middle. */
    void stop(@Observes ShutdownDelayInitiatedEvent stop) {
        clients.keySet().forEach(EventClient::end);
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
        clients.put(client, onGone);
        // Later and on its own, because the end may come in the middle of a write, under the locks of whoever writes.
        context.addEndHandler(ended -> vertx.runOnContext(later -> drop(client)));
        client.open(EventText.retry(settings.retry()));
        return client;
    }

    private void drop(EventClient client) {
        Runnable onGone = clients.remove(client);
        if (onGone != null) {
            client.gone();
            onGone.run();
        }
    }
}
