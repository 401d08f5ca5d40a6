package io.storyreel.api.health;

import io.smallrye.health.api.AsyncHealthCheck;
import io.smallrye.mutiny.Uni;
import org.eclipse.microprofile.health.HealthCheckResponse;

import java.time.Duration;

/** A part without which requests cannot be served, asked within a bounded time. */
abstract class PartCheck implements AsyncHealthCheck {
    private static final Duration DEADLINE = Duration.ofSeconds(3);

    private final String name;

    PartCheck(String name) {
        this.name = name;
    }

    /** Fails if the part cannot be used. */
    abstract Uni<?> ask();

    @Override
    public Uni<HealthCheckResponse> call() {
        return ask().ifNoItem()
                .after(DEADLINE)
                .fail()
                .map(answered -> HealthCheckResponse.up(name))
                .onFailure()
                .recoverWithItem(failure -> HealthCheckResponse.named(name)
                        .down()
                        .withData("reason", String.valueOf(failure.getMessage()))
                        .build());
    }
}
