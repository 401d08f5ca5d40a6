package io.storyreel.worker.fetch;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;
import org.jboss.logging.Logger;

import java.nio.file.Path;
import java.util.Set;

/**
 * Fetches what a user's address points to: http(s) only, public addresses only (see {@link AddressGuard}), bounded in
 * size and time, straight to disk. The one way from users' addresses to the network.
 */
@ApplicationScoped
public class AssetFetcher {
    private static final Logger LOG = Logger.getLogger(AssetFetcher.class);
    private static final Set<Integer> TRY_LATER = Set.of(408, 425, 429);

    private final Vertx vertx;
    private final AddressGuard guard;
    private final FetchSettings settings;
    private final HttpClient client;

    public AssetFetcher(Vertx vertx, AddressGuard guard, FetchSettings settings) {
        this.vertx = vertx;
        this.guard = guard;
        this.settings = settings;
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) settings.connectTimeout().toMillis())
                // A kept connection would belong to an address that was checked for another request.
                .setKeepAlive(false)
                .setMaxPoolSize(64)
                .setMaxHeaderSize(16 * 1024));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /**
     * Downloads {@code url} into {@code target}. A file left by a failure is the caller's to remove.
     *
     * @return fails with {@link FetchException}
     */
    public Uni<FetchedFile> fetch(String url, Path target, long mostBytes) {
        return Uni.createFrom()
                .deferred(() -> follow(WebAddress.parse(url), target, mostBytes, settings.mostRedirects()))
                .ifNoItem()
                .after(settings.totalTimeout())
                .failWith(() -> FetchException.passing(
                        "the server took longer than " + settings.totalTimeout().toSeconds() + " s", null))
                .onFailure(failure -> !(failure instanceof FetchException))
                .transform(AssetFetcher::unreachable);
    }

    private Uni<FetchedFile> follow(WebAddress address, Path target, long mostBytes, int redirectsLeft) {
        return guard.check(address.host())
                .chain(checked ->
                        new HttpDownload(vertx, client, target, mostBytes).run(address.get(checked), Buffer.buffer()))
                .chain(answer -> {
                    if (answer.status() == 200) {
                        return Uni.createFrom().item(new FetchedFile(target, answer.size(), answer.sha256()));
                    }
                    if (!WebAddress.isRedirect(answer)) {
                        throw refusal(answer.status());
                    }
                    return follow(address.redirected(answer, redirectsLeft), target, mostBytes, redirectsLeft - 1);
                });
    }

    private static FetchException refusal(int status) {
        String message = "the server answered " + status;
        return status >= 500 || TRY_LATER.contains(status)
                ? FetchException.passing(message, null)
                : FetchException.lasting(message + ": check that the address can be opened without signing in");
    }

    private static FetchException unreachable(Throwable failure) {
        LOG.infof("server of a file could not be reached: reason=%s", failure.getMessage());
        return FetchException.passing("the server could not be reached", failure);
    }
}
