package io.storyreel.worker.webhook;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.fetch.AddressGuard;
import io.storyreel.worker.fetch.FetchException;
import io.storyreel.worker.fetch.WebAddress;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.net.InetAddress;
import java.time.Clock;

/**
 * The way to users' receivers: public addresses only, checked for every attempt, and the checked one is the one that is
 * connected to. Redirects are not followed.
 */
@ApplicationScoped
class Receivers {
    private static final Logger LOG = Logger.getLogger(Receivers.class);
    private static final int MOST_HEADER_BYTES = 16 * 1024;

    private final AddressGuard guard;
    private final WebhookSettings settings;
    private final Clock clock;
    private final HttpClient client;

    Receivers(Vertx vertx, AddressGuard guard, WebhookSettings settings, Clock clock) {
        this.guard = guard;
        this.settings = settings;
        this.clock = clock;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) settings.timeout().toMillis())
                // A kept connection would belong to an address that was checked for another attempt.
                .setKeepAlive(false)
                .setMaxPoolSize(settings.mostAtOnce())
                .setMaxHeaderSize(MOST_HEADER_BYTES));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /** Makes one attempt; never fails. */
    Uni<Answer> tell(DueDelivery delivery) {
        return Uni.createFrom()
                .deferred(() -> post(delivery, WebAddress.parse(delivery.url())))
                .ifNoItem()
                .after(settings.timeout())
                .recoverWithItem(() -> Answer.none("the receiver did not answer within "
                        + settings.timeout().toMillis() / 1e3 + " s"))
                .onFailure()
                .recoverWithItem(failure -> unreached(delivery, failure));
    }

    private Uni<Answer> post(DueDelivery delivery, WebAddress address) {
        return guard.check(address.host()).chain(checked -> new WebhookPost(client, clock)
                .send(signed(delivery, address, checked), Buffer.buffer(delivery.body())));
    }

    private RequestOptions signed(DueDelivery delivery, WebAddress address, InetAddress checked) {
        String id = delivery.id().toString();
        long timestamp = clock.instant().getEpochSecond();
        return address.request(HttpMethod.POST, checked)
                .putHeader("Content-Type", "application/json")
                .putHeader("webhook-id", id)
                .putHeader("webhook-timestamp", Long.toString(timestamp))
                .putHeader("webhook-signature", Signature.of(delivery.secrets(), id, timestamp, delivery.body()));
    }

    /** What the network says stays in the log: it may name hosts of ours. */
    private static Answer unreached(DueDelivery delivery, Throwable failure) {
        if (failure instanceof FetchException refused) {
            return Answer.none(refused.getMessage());
        }
        LOG.infof(
                "receiver of a webhook could not be reached: endpoint=%s reason=%s",
                delivery.endpoint(), failure.getMessage());
        return Answer.none("the receiver could not be reached, or hung up without an answer");
    }
}
