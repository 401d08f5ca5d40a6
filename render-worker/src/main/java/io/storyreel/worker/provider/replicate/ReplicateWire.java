package io.storyreel.worker.provider.replicate;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.http.JsonAnswer;
import io.storyreel.worker.provider.http.JsonCall;
import io.storyreel.worker.provider.http.ProviderHttp;
import io.storyreel.worker.provider.http.ProviderKey;
import io.vertx.core.buffer.Buffer;
import jakarta.enterprise.context.ApplicationScoped;
import org.eclipse.microprofile.faulttolerance.Timeout;

import java.time.Duration;

/**
 * One call to Replicate, bounded in time. A bean of its own, so that the time a call waited for its turn in
 * {@link ReplicateGateway}'s queue is not counted: who times out here has asked.
 */
@ApplicationScoped
public class ReplicateWire {
    private static final Duration BEYOND_HOLDING = Duration.ofSeconds(15);

    private final ProviderHttp http;
    private final ReplicateSettings settings;

    public ReplicateWire(ProviderHttp http, ReplicateSettings settings) {
        this.http = http;
        this.settings = settings;
    }

    ProviderKey key() {
        return ProviderKey.of("REPLICATE_API_TOKEN", settings.apiToken().orElse(null));
    }

    @Timeout(60_000)
    public Uni<JsonAnswer> send(JsonCall call) {
        return http.send(keyed(call).within(settings.requestTimeout()));
    }

    /** A file; may be made twice. */
    @Timeout(60_000)
    public Uni<JsonAnswer> upload(JsonCall call, Buffer content) {
        return http.send(keyed(call).within(settings.requestTimeout()), content);
    }

    /** A call that Replicate answers when it is done, or after 1 to 60 s. */
    @Timeout(80_000)
    public Uni<JsonAnswer> sendAndHold(JsonCall call) {
        long held = Math.max(1, Math.min(60, settings.image().holding().toSeconds()));
        return http.send(keyed(call)
                .with("Prefer", "wait=" + held)
                .within(Duration.ofSeconds(held).plus(BEYOND_HOLDING)));
    }

    private JsonCall keyed(JsonCall call) {
        return call.with("Authorization", key().as("Bearer"));
    }
}
