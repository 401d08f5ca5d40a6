package io.storyreel.worker.fetch;

import io.smallrye.mutiny.Uni;
import io.vertx.core.Vertx;
import io.vertx.core.buffer.Buffer;
import io.vertx.core.http.HttpClient;
import io.vertx.core.http.HttpClientOptions;
import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;
import jakarta.annotation.PreDestroy;
import jakarta.enterprise.context.ApplicationScoped;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.Set;

/**
 * Fetches what a user's address points to: http(s) only, public addresses only (see {@link AddressGuard}), bounded in
 * size and time, straight to disk. The one way from users' addresses to the network.
 */
@ApplicationScoped
public class AssetFetcher {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);
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
        return follow(url, target, mostBytes, settings.mostRedirects())
                .ifNoItem()
                .after(settings.totalTimeout())
                .failWith(() -> FetchException.passing(
                        "the server took longer than " + settings.totalTimeout().toSeconds() + " s", null))
                .onFailure(failure -> !(failure instanceof FetchException))
                .transform(AssetFetcher::unreachable);
    }

    private Uni<FetchedFile> follow(String url, Path target, long mostBytes, int redirectsLeft) {
        URI address = parse(url);
        return guard.check(address.getHost())
                .chain(checked -> new HttpDownload(vertx, client, target, mostBytes)
                        .run(request(address, checked), Buffer.buffer()))
                .chain(answer -> {
                    if (answer.status() == 200) {
                        return Uni.createFrom().item(new FetchedFile(target, answer.size(), answer.sha256()));
                    }
                    if (!REDIRECTS.contains(answer.status())) {
                        throw refusal(answer.status());
                    }
                    return follow(redirectTarget(address, answer, redirectsLeft), target, mostBytes, redirectsLeft - 1);
                });
    }

    private static URI parse(String url) {
        try {
            URI address = new URI(url);
            String scheme = address.getScheme();
            if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
                throw FetchException.lasting("only http and https addresses can be fetched, not " + scheme);
            }
            if (address.getHost() == null || address.getRawUserInfo() != null) {
                throw FetchException.lasting("the address must name a host and no user");
            }
            return address;
        } catch (URISyntaxException e) {
            throw FetchException.lasting("this is not a web address: " + e.getReason());
        }
    }

    /** Connects to the checked address; Host header, SNI and the certificate's check go by the name. */
    private static RequestOptions request(URI address, InetAddress checked) {
        boolean encrypted = "https".equalsIgnoreCase(address.getScheme());
        int port = address.getPort() > 0 ? address.getPort() : encrypted ? 443 : 80;
        String path = address.getRawPath() == null || address.getRawPath().isEmpty() ? "/" : address.getRawPath();
        return new RequestOptions()
                .setMethod(HttpMethod.GET)
                .setServer(SocketAddress.inetSocketAddress(port, checked.getHostAddress()))
                .setHost(address.getHost())
                .setPort(port)
                .setSsl(encrypted)
                .setURI(address.getRawQuery() == null ? path : path + "?" + address.getRawQuery())
                .putHeader("Accept", "*/*")
                .putHeader("User-Agent", "Storyreel")
                .setFollowRedirects(false);
    }

    private static String redirectTarget(URI from, HttpAnswer answer, int redirectsLeft) {
        String location = answer.headers().get("Location");
        if (location == null) {
            throw FetchException.lasting("the server redirects without saying where");
        }
        if (redirectsLeft == 0) {
            throw FetchException.lasting("the server redirects too often: give the final address");
        }
        try {
            return from.resolve(new URI(location)).toString();
        } catch (URISyntaxException e) {
            throw FetchException.lasting("the server redirects to something that is not a web address");
        }
    }

    private static FetchException refusal(int status) {
        String message = "the server answered " + status;
        return status >= 500 || TRY_LATER.contains(status)
                ? FetchException.passing(message, null)
                : FetchException.lasting(message + ": check that the address can be opened without signing in");
    }

    private static FetchException unreachable(Throwable failure) {
        return FetchException.passing("the server could not be reached: " + failure.getMessage(), failure);
    }
}
