package io.storyreel.worker.provider.runway;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.JsonCall;
import io.storyreel.worker.provider.http.ProviderHttp;
import io.storyreel.worker.provider.http.ProviderKey;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Timeout;

import java.time.temporal.ChronoUnit;

/**
 * One call to RunwayML, bounded in time. A bean of its own, so that the time a call waited for its turn in
 * {@link RunwayGateway}'s queue is not counted: who times out here has asked.
 */
@ApplicationScoped
public class RunwayWire {
    private final RunwaySettings settings;
    private final ProviderHttp http;

    public RunwayWire(RunwaySettings settings, ProviderHttp http) {
        this.settings = settings;
        this.http = http;
    }

    @Timeout(value = 60, unit = ChronoUnit.SECONDS)
    public Uni<JsonAnswer> send(JsonCall call) {
        ProviderKey key = ProviderKey.of("RUNWAYML_API_KEY", settings.key().orElse(null));
        return http.send(call.with("Authorization", key.as("Bearer"))
                .with("X-Runway-Version", "2024-11-06")
                .within(settings.requestTimeout()));
    }
}
