package io.storyreel.local.server;

import java.io.IOException;
import java.net.HttpURLConnection;
import java.net.URI;

/** Asks a local server for one page. */
public final class HttpProbe {

    /** No HTTP answer at all. */
    public static final int SILENT = -1;

    private HttpProbe() {}

    /** Status of a GET, or {@link #SILENT}; waits at most two seconds. */
    public static int status(URI address) {
        try {
            var connection = (HttpURLConnection) address.toURL().openConnection(java.net.Proxy.NO_PROXY);
            connection.setConnectTimeout(1000);
            connection.setReadTimeout(2000);
            try {
                return connection.getResponseCode();
            } finally {
                connection.disconnect();
            }
        } catch (IOException e) {
            return SILENT;
        }
    }
}
