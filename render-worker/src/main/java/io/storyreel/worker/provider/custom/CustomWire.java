package io.storyreel.worker.provider.custom;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.JsonCall;
import io.storyreel.worker.provider.http.ProviderHttp;
import io.storyreel.worker.provider.http.ProviderKey;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Timeout;

import java.time.temporal.ChronoUnit;

/**
 * One call to a renderer, bounded in time. A bean of its own, so that the time a call waited for its turn in
 * {@link CustomGateway}'s queue is not counted: who times out here has asked.
 */
@ApplicationScoped
public class CustomWire {
    private final CustomSettings settings;
    private final ProviderHttp http;

    public CustomWire(CustomSettings settings, ProviderHttp http) {
        this.settings = settings;
        this.http = http;
    }

    @Timeout(value = 60, unit = ChronoUnit.SECONDS)
    public Uni<JsonAnswer> send(JsonCall call) {
        ProviderKey key = ProviderKey.of("CUSTOM_VIDEO_API_KEY", settings.key().orElse(null));
        return http.send(call.with("Authorization", key.as("Bearer")).within(settings.requestTimeout()));
    }
}
