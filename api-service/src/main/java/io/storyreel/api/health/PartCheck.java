package io.storyreel.api.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse;
import org.eclipse.microprofile.health.HealthCheckResponseBuilder;

import java.time.Duration;

/** A part of the installation, asked within a bounded time. */
abstract class PartCheck implements AsyncHealthCheck {
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final String name;
    private final Need need;

    /** Whether an instance that cannot reach the part should get no requests. */
    enum Need {
        ALWAYS,
        /** Much works without it, and the other instances cannot reach it either: it is told, and no more. */
        OFTEN
    }

    PartCheck(String name, Need need) {
        this.name = name;
        this.need = need;
    }

    /** Fails if the part cannot be used. */
    abstract Uni<?> ask();

    @Override
    public Uni<HealthCheckResponse> call() {
        return ask().ifNoItem()
                .after(DEADLINE)
                .fail()
                .map(answered -> response().up().withData("state", "up").build())
                .onFailure()
                .recoverWithItem(failure -> response()
                        .status(need == Need.OFTEN)
                        .withData("state", "down")
                        .withData("reason", String.valueOf(failure.getMessage()))
                        .build());
    }

    private HealthCheckResponseBuilder response() {
        return HealthCheckResponse.named(name);
    }
}
