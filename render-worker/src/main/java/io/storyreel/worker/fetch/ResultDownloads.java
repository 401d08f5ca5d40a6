package io.storyreel.worker.fetch;

import io.smallrye.mutiny.Uni;
import io.storyreel.worker.provider.RemoteFile;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.RequestOptions;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import java.net.InetAddress;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;

/**
 * Fetches what providers have made: paid for, so a broken transfer is taken up again and an address that has expired is
 * asked for again, but from outside, so nothing of it is believed.
 */
@ApplicationScoped
public class ResultDownloads {
    private final Vertx vertx;
    private final AddressGuard guard;
    private final ResultSettings settings;
    private final ProviderHosts hosts;
    private final HttpClient client;

    public ResultDownloads(Vertx vertx, AddressGuard guard, FetchSettings fetch, ResultSettings settings) {
        this.vertx = vertx;
        this.guard = guard;
        this.settings = settings;
        this.hosts = new ProviderHosts(settings.providerHosts().orElse(List.of()));
        this.client = vertx.createHttpClient(new HttpClientOptions()
                .setConnectTimeout((int) fetch.connectTimeout().toMillis())
                // A kept connection would belong to an address that was checked for another request.
                .setKeepAlive(false)
                // Of the connection: the one of a request ends when the answer begins.
                .setReadIdleTimeout((int) settings.idleTimeout().toMillis())
                .setIdleTimeoutUnit(TimeUnit.MILLISECONDS)
                .setMaxPoolSize(64)
                .setMaxHeaderSize(16 * 1024));
    }

    @PreDestroy
    void close() {
        client.close();
    }

    /**
     * Streams the file to {@code target} and checks it: its first bytes, its length, and the digest if the provider
     * declared one. Nothing is left at {@code target} by a failure, and soon nothing by cancelling.
     *
     * @param renew asks the provider for the file's present address, at most twice; its failure is handed on. A null
     *     item says that the provider has the file no more
     * @return fails with {@link ResultUnreachableException} if it may be to be had later,
     *     {@link CorruptResultException} if the file is of no use, {@link DiskFullException}
     */
    public Uni<FetchedFile> download(RemoteFile file, FileKind kind, Path target, Supplier<Uni<RemoteFile>> renew) {
        return Uni.createFrom()
                .deferred(() -> new ResultDownload(this, settings, kind, target, renew).run(file))
                .ifNoItem()
                .after(settings.totalTimeout())
                .failWith(() -> new ResultUnreachableException(
                        "the file took longer than " + settings.totalTimeout().toSeconds() + " s", null))
                .onFailure()
                .call(() -> removed(target));
    }

    /** One request for what is missing, redirects followed. The authorization goes to the first host only. */
    Uni<HttpAnswer> request(WebAddress address, PartialFile partial, String authorization, int redirectsLeft) {
        return guard.check(address.host(), hosts.contain(address))
                .chain(checked -> new HttpDownload(vertx, client, partial)
                        .run(options(address, checked, partial, authorization), Buffer.buffer()))
                .chain(answer -> WebAddress.isRedirect(answer)
                        ? request(address.redirected(answer, redirectsLeft), partial, null, redirectsLeft - 1)
                        : Uni.createFrom().item(answer));
    }

    private RequestOptions options(WebAddress address, InetAddress checked, PartialFile partial, String authorization) {
        RequestOptions options = address.get(checked)
                // A compressed answer has neither the length nor the digest that were declared.
                .putHeader("Accept-Encoding", "identity");
        partial.rangeHeaders().forEach(options::putHeader);
        if (authorization != null && (address.encrypted() || hosts.contain(address))) {
            options.putHeader("Authorization", authorization);
        }
        return options;
    }

    Uni<Void> removed(Path file) {
        return Uni.createFrom().completionStage(() -> vertx.fileSystem()
                .delete(file.toString())
                .otherwiseEmpty()
                .toCompletionStage());
    }
}
