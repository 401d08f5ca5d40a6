package io.storyreel.local.server;

import java.io.IOException;
import java.util.List;

/** A server did not come up. The message names it; {@link #lastLines} is what it said before. */
public final class ServerStartException extends IOException {

    private static final long serialVersionUID = 1L;
    private static final int SHOWN = 30;

    private final String server;
    private final transient List<String> lastLines;

    public ServerStartException(String server, String reason, List<String> lastLines) {
        super(server + " " + reason);
        this.server = server;
        this.lastLines = List.copyOf(lastLines);
    }

    public String server() {
        return server;
    }

    /** At most {@value #SHOWN} lines of its output, oldest first. */
    public List<String> lastLines() {
        return lastLines.subList(Math.max(0, lastLines.size() - SHOWN), lastLines.size());
    }
}
