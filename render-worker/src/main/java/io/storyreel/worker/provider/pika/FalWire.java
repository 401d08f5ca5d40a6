package io.storyreel.worker.provider.pika;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.JsonCall;
import io.storyreel.worker.provider.http.ProviderHttp;
import io.storyreel.worker.provider.http.ProviderKey;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Timeout;

/**
 * One call to fal, bounded in time. A bean of its own, so that the time a call waited for its turn in
 * {@link PikaGateway}'s queue is not counted: who times out here has asked.
 */
@ApplicationScoped
public class FalWire {
    private final ProviderHttp http;
    private final PikaSettings settings;

    public FalWire(ProviderHttp http, PikaSettings settings) {
        this.http = http;
        this.settings = settings;
    }

    ProviderKey key() {
        return ProviderKey.of("PIKA_API_KEY", settings.apiKey().orElse(null));
    }

    @Timeout(60_000)
    public Uni<JsonAnswer> send(JsonCall call) {
        return http.send(call.with("Authorization", key().as("Key")).within(settings.requestTimeout()));
    }
}
