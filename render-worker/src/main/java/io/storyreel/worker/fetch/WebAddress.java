package io.storyreel.worker.fetch;

import io.vertx.core.http.HttpMethod;
import io.vertx.core.http.RequestOptions;
import io.vertx.core.net.SocketAddress;

import java.net.InetAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.util.Set;

/** An http or https address, without a user. */
public record WebAddress(URI uri) {
    private static final Set<Integer> REDIRECTS = Set.of(301, 302, 303, 307, 308);

    /** @throws FetchException lasting, if it is no such address */
    public static WebAddress parse(String url) {
        try {
            URI address = new URI(url);
            String scheme = address.getScheme();
            if (!"http".equalsIgnoreCase(scheme) && !"https".equalsIgnoreCase(scheme)) {
                throw FetchException.lasting("only http and https addresses can be fetched, not " + scheme);
            }
            if (address.getHost() == null || address.getRawUserInfo() != null) {
                throw FetchException.lasting("the address must name a host and no user");
            }
            return new WebAddress(address);
        } catch (URISyntaxException e) {
            throw FetchException.lasting("this is not a web address: " + e.getReason());
        }
    }

    public String host() {
        return uri.getHost();
    }

    boolean encrypted() {
        return "https".equalsIgnoreCase(uri.getScheme());
    }

    int port() {
        return uri.getPort() > 0 ? uri.getPort() : encrypted() ? 443 : 80;
    }

    RequestOptions get(InetAddress checked) {
        return request(HttpMethod.GET, checked);
    }

    /** Connects to the checked address; Host header, SNI and the certificate's check go by the name. */
    public RequestOptions request(HttpMethod method, InetAddress checked) {
        String path = uri.getRawPath() == null || uri.getRawPath().isEmpty() ? "/" : uri.getRawPath();
        return new RequestOptions()
                .setMethod(method)
                .setServer(SocketAddress.inetSocketAddress(port(), checked.getHostAddress()))
                .setHost(host())
                .setPort(port())
                .setSsl(encrypted())
                .setURI(uri.getRawQuery() == null ? path : path + "?" + uri.getRawQuery())
                .putHeader("Accept", "*/*")
                .putHeader("User-Agent", "Storyreel")
                .setFollowRedirects(false);
    }

    static boolean isRedirect(HttpAnswer answer) {
        return REDIRECTS.contains(answer.status());
    }

    /** @throws FetchException lasting, if no redirects are left or the answer leads nowhere */
    WebAddress redirected(HttpAnswer answer, int redirectsLeft) {
        String location = answer.headers().get("Location");
        if (location == null) {
            throw FetchException.lasting("the server redirects without saying where");
        }
        if (redirectsLeft == 0) {
            throw FetchException.lasting("the server redirects too often: give the final address");
        }
        try {
            return parse(uri.resolve(new URI(location)).toString());
        } catch (URISyntaxException e) {
            throw FetchException.lasting("the server redirects to something that is not a web address");
        }
    }
}
